package io.flowwarden.decode.netflow;

import io.flowwarden.decode.Reason;
import io.flowwarden.raw.Bytes;
import io.flowwarden.raw.Datagrams;

/**
 * NetFlow v9 (RFC 3954). The header's count is not used: exporters count records, sets or nothing
 * at all, and there is no message length either, so the sets are walked to the end.
 */
final class V9 {
    static final int HEADER = Datagrams.V9_HEADER;

    private V9() {}

    /** Time of the header, epoch ms (RFC 3954 section 5.1). */
    /** Records, by the RFC; what is below the number of sets agrees with no way of counting. */
    static int count(byte[] b) {
        return Bytes.u16(b, 2);
    }

    /** Reads the header; false where it is cut off. */
    static boolean header(Message m) {
        byte[] b = m.bytes;
        if (b.length < HEADER) {
            m.report.reject(Reason.TRUNCATED, "a v9 header has 20 bytes, here are " + b.length);
            return false;
        }
        m.version = 9;
        m.end = b.length;
        m.exportMillis = Datagrams.exportMillis(b);
        m.uptime = Bytes.i32(b, 4);
        m.uptimeKnown = true;
        m.domain = Bytes.u32(b, 16);
        return true;
    }
}
