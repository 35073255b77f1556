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

    private final byte[] registers = new byte[BYTES];

    void add(long hash) {
        long mixed = Hash.mix(hash, BYTES);
        int index = (int) (mixed >>> Long.SIZE - INDEX_BITS);
        int rank = Math.min(Long.numberOfLeadingZeros(mixed << INDEX_BITS), Long.SIZE - INDEX_BITS);
        if (registers[index] <= rank) {
            registers[index] = (byte) (rank + 1);
        }
    }

    int estimate() {
        double sum = 0;
        int empty = 0;
        for (byte register : registers) {
            sum += 1.0 / (1L << register);
            empty += register == 0 ? 1 : 0;
        }
        double raw = ALPHA * BYTES * BYTES / sum;
        boolean few = raw <= 2.5 * BYTES && empty > 0;
        double estimate = few ? BYTES * Math.log((double) BYTES / empty) : raw;
        return (int) Math.min(Integer.MAX_VALUE, Math.round(estimate));
    }

    void write(ByteBuffer out) {
        out.put(registers);
    }

    static Distinct read(ByteBuffer in) {
        var distinct = new Distinct();
        in.get(distinct.registers);
        return distinct;
    }
}
