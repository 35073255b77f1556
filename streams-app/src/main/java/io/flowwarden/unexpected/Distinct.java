package io.flowwarden.unexpected;

import io.flowwarden.classify.Hash;
import java.nio.ByteBuffer;

/**
 * Estimates how many distinct hashes there were, in half a kilobyte, to about 5 %: HyperLogLog with
 * 512 registers, counting linearly while many are empty (Flajolet, Fusy, Gandouet, Meunier 2007,
 * figure 3).
 */
final class Distinct {
    static final int BYTES = 512;

    private static final int INDEX_BITS = 9;
    private static final double ALPHA = 0.7213 / (1 + 1.079 / BYTES);

    /** Beyond it a sum of powers of two is no longer exact, and may depend on its order. */
    private static final int MOST_RANK = 40;

    private final byte[] registers = new byte[BYTES];

    // Of the registers: what the estimate rests on.
    private double sum = BYTES;
    private int empty = BYTES;

    /**
     * @return whether anything changed by it
     */
    boolean add(long hash) {
        long mixed = Hash.mix(hash, BYTES);
        int index = (int) (mixed >>> Long.SIZE - INDEX_BITS);
        int rank = 1 + Math.min(MOST_RANK - 1, Long.numberOfLeadingZeros(mixed << INDEX_BITS));
        return raise(index, rank);
    }

    private boolean raise(int index, int rank) {
        int before = registers[index];
        boolean higher = before < rank;
        if (higher) {
            sum += 1.0 / (1L << rank) - 1.0 / (1L << before);
            empty -= before == 0 ? 1 : 0;
            registers[index] = (byte) rank;
        }
        return higher;
    }

    int estimate() {
        double raw = ALPHA * BYTES * BYTES / sum;
        boolean few = raw <= 2.5 * BYTES && empty > 0;
        double estimate = few ? BYTES * Math.log((double) BYTES / empty) : raw;
        return (int) Math.min(Integer.MAX_VALUE, Math.round(estimate));
    }

    /** A copy of what it rests on. */
    byte[] registers() {
        return registers.clone();
    }

    static Distinct read(ByteBuffer in) {
        var distinct = new Distinct();
        for (int index = 0; index < BYTES; index++) {
            distinct.raise(index, in.get());
        }
        return distinct;
    }
}
