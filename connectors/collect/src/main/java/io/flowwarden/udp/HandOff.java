package io.flowwarden.udp;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Between the threads that receive and the one that writes: bounded in bytes of heap. */
final class HandOff {
    /** What a datagram holds beside its bytes: two object headers and its place in the queue. */
    private static final int OVERHEAD = 64;

    /** The shortest thing that passes for an export datagram is a lonely header. */
    private static final int SMALLEST = OVERHEAD + 16;

    /** How long a batch gathers after a silence: a wake-up costs more than a datagram. */
    private static final long GATHER_NANOS = 500_000;

    private final long most;
    private final ArrayBlockingQueue<Datagram> queue;
    private final AtomicLong held = new AtomicLong();

    /**
     * @param most bytes that may wait
     */
    HandOff(long most) {
        this.most = most;
        this.queue =
                new ArrayBlockingQueue<>((int) Math.max(1, Math.min(1 << 20, most / SMALLEST)));
    }

    int waiting() {
        return queue.size();
    }

    /** Whether there was room. */
    boolean offer(Datagram datagram) {
        long size = size(datagram);
        if (held.addAndGet(size) <= most && queue.offer(datagram)) {
            return true;
        }
        held.addAndGet(-size);
        return false;
    }

    /**
     * Waits for something and takes what is there.
     *
     * @param most how many to take at most
     * @return how many were added to the batch; fewer than {@code most} if nothing more waits
     */
    int take(List<Datagram> batch, int most, long millis) throws InterruptedException {
        if (queue.isEmpty()) {
            Datagram first = queue.poll(millis, TimeUnit.MILLISECONDS);
            if (first == null) {
                return 0;
            }
            batch.add(first);
            held.addAndGet(-size(first));
            LockSupport.parkNanos(GATHER_NANOS);
            return 1 + drain(batch, most - 1);
        }
        return drain(batch, most);
    }

    private int drain(List<Datagram> batch, int most) {
        int from = batch.size();
        int taken = queue.drainTo(batch, most);
        long bytes = 0;
        for (int i = from; i < batch.size(); i++) {
            bytes += size(batch.get(i));
        }
        held.addAndGet(-bytes);
        return taken;
    }

    private static long size(Datagram datagram) {
        return OVERHEAD + datagram.bytes().length;
    }
}
