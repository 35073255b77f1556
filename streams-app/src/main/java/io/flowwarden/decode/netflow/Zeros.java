package io.flowwarden.decode.netflow;

/** Padding (RFC 3954 section 5.2, RFC 7011 section 3.3.1). */
final class Zeros {
    private Zeros() {}

    static boolean only(byte[] bytes, int at, int end) {
        for (int p = at; p < end; p++) {
            if (bytes[p] != 0) {
                return false;
            }
        }
        return true;
    }
}
