package io.flowwarden.cli;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;

/** One line on a terminal that says how far a run is. Nothing at all where nobody watches. */
final class Progress implements AutoCloseable {
    private static final int BAR = 30;
    private static final long INTERVAL = 200;

    private final PrintStream terminal;
    private final long bytes;
    private final LongSupplier read;
    private final LongSupplier flows;
    private final Thread thread;
    private boolean done;

    private Progress(PrintStream terminal, long bytes, LongSupplier read, LongSupplier flows) {
        this.terminal = terminal;
        this.bytes = bytes;
        this.read = read;
        this.flows = flows;
        this.thread = terminal == null ? null : new Thread(this::show, "progress");
        if (thread != null) {
            thread.setDaemon(true);
            thread.start();
        }
    }

    /**
     * @param bytes size of all inputs, 0 if unknown
     * @param read how many of them were read so far; asked from another thread
     * @param flows how many flows are through; likewise
     */
    static Progress start(long bytes, LongSupplier read, LongSupplier flows) {
        return new Progress(Terminal.isStandardErrorOne() ? System.err : null, bytes, read, flows);
    }

    @Override
    public void close() {
        if (thread == null) {
            return;
        }
        synchronized (this) {
            done = true;
            notifyAll();
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        terminal.print("\r\033[K");
        terminal.flush();
    }

    static String line(long bytes, long read, long flows) {
        if (bytes <= 0) {
            return String.format(Locale.ROOT, "%,d bytes read, %,d flows", read, flows);
        }
        double part = Math.min(1, (double) read / bytes);
        int filled = (int) Math.round(part * BAR);
        return String.format(
                Locale.ROOT,
                "[%s%s] %3d %% read, %,d flows judged",
                "#".repeat(filled),
                ".".repeat(BAR - filled),
                Math.round(part * 100),
                flows);
    }

    private synchronized void show() {
        try {
            while (!done) {
                terminal.print("\r\033[K" + line(bytes, read.getAsLong(), flows.getAsLong()));
                terminal.flush();
                wait(INTERVAL);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
