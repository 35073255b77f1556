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
    private long firstHi;
    private long firstLo;
    private long secondHi;
    private long secondLo;
    private int firstPort;
    private int secondPort;
    private int service;
    private boolean firstIsLower;

    void set(
            long srcHi, long srcLo, int srcPort, long dstHi, long dstLo, int dstPort, int service) {
        firstHi = srcHi;
        firstLo = srcLo;
        firstPort = srcPort;
        secondHi = dstHi;
        secondLo = dstLo;
        secondPort = dstPort;
        this.service = service;
        firstIsLower = isLower(addressOrder());
    }

    boolean firstIsLower() {
        return firstIsLower;
    }

    /** Of the conversation; bit 0 is free and clear, and it is never 0. */
    long conversation() {
        long ports =
                firstIsLower
                        ? (long) firstPort << 16 | secondPort
                        : (long) secondPort << 16 | firstPort;
        return Hash.mix(addresses(firstIsLower), ports << 8 | service) & ~1L | 2;
    }

    /** Of the two addresses; the low 32 bits are free and clear, and it is never 0. */
    long pair() {
        return addresses(addressOrder() <= 0) & ~0xffffffffL | 1L << 32;
    }

    private long addresses(boolean firstIsFirst) {
        return firstIsFirst
                ? Hash.mix(Hash.mix(firstHi, firstLo), Hash.mix(secondHi, secondLo))
                : Hash.mix(Hash.mix(secondHi, secondLo), Hash.mix(firstHi, firstLo));
    }

    private int addressOrder() {
        int hi = Long.compareUnsigned(firstHi, secondHi);
        return hi != 0 ? hi : Long.compareUnsigned(firstLo, secondLo);
    }

    private boolean isLower(int order) {
        return order != 0 ? order < 0 : firstPort <= secondPort;
    }
}
