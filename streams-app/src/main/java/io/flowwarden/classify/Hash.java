package io.flowwarden.classify;

/** Mixing of longs for tables in memory and for fingerprints in the judge's store. */
public final class Hash {
    private Hash() {}

    /** A well-mixed number of both; part of a stored format, so it must not change. */
    public static long mix(long a, long b) {
        long x = (a ^ Long.rotateLeft(b, 32)) * 0x9e3779b97f4a7c15L + b;
        x = (x ^ x >>> 32) * 0xd6e8feb86659fd93L;
        x = (x ^ x >>> 29) * 0xbf58476d1ce4e5b9L;
        return x ^ x >>> 32;
    }

    /** For tables in memory only; its high half is the better mixed. */
    static long quick(long a, long b) {
        return (a * 0x9e3779b97f4a7c15L ^ b) * 0xd6e8feb86659fd93L;
    }
}
