package io.flowwarden.classify;

/**
 * Both ends of a flow, and what stands for them in memory: numbers that come out alike whichever
 * end is named first. Reused from flow to flow.
 *
 * <p>The fingerprints are part of a stored format. 63 bits stand for a conversation: among the 65
 * 536 of a source, one in 10^14 flows is mistaken for another. 32 bits stand for a pair of
 * addresses, of which 1024 are kept.
 */
final class Tuple {
    private long first;
    private long second;
    private long firstAddress;
    private long secondAddress;
    private int service;

    void set(
            long srcHi, long srcLo, int srcPort, long dstHi, long dstLo, int dstPort, int service) {
        firstAddress = fold(srcHi, srcLo);
        secondAddress = fold(dstHi, dstLo);
        first = (firstAddress + srcPort) * 0xd6e8feb86659fd93L;
        second = (secondAddress + dstPort) * 0xd6e8feb86659fd93L;
        this.service = service;
    }

    /** Which of both ends is called the lower one, alike whichever is named first. */
    boolean firstIsLower() {
        return first <= second;
    }

    /** Of the conversation; bit 0 is free and clear, and it is never 0. */
    long conversation() {
        return Hash.mix(Math.min(first, second) + service, Math.max(first, second)) & ~1L | 2;
    }

    /** Of the two addresses; the low 32 bits are free and clear, and it is never 0. */
    long pair() {
        long lower = Math.min(firstAddress, secondAddress);
        long upper = Math.max(firstAddress, secondAddress);
        return Hash.mix(lower, upper) & ~0xffffffffL | 1L << 32;
    }

    /** Distinct for all IPv4 addresses. */
    private static long fold(long hi, long lo) {
        return (hi * 0x9e3779b97f4a7c15L ^ lo) * 0xbf58476d1ce4e5b9L;
    }
}
