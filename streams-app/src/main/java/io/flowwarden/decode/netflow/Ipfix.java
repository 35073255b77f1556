package io.flowwarden.decode.netflow;

import io.flowwarden.decode.Reason;
import io.flowwarden.raw.Bytes;
import io.flowwarden.raw.Datagrams;

/** IPFIX (RFC 7011 section 3). */
final class Ipfix {
    static final int HEADER = Datagrams.IPFIX_HEADER;

    private Ipfix() {}

    /** Reads the header; false where it is cut off or says nonsense. */
    static boolean header(Message m) {
        byte[] b = m.bytes;
        if (b.length < HEADER) {
            m.report.reject(Reason.TRUNCATED, "an IPFIX header has 16 bytes, here are " + b.length);
            return false;
        }
        int length = Bytes.u16(b, 2);
        m.version = 10;
        m.end = Math.min(length, b.length);
        m.exportMillis = Datagrams.exportMillis(b);
        m.domain = Bytes.u32(b, 12);
        if (length < HEADER) {
            m.report.reject(Reason.BAD_LENGTH, "message length " + length + " is below its header");
            return false;
        }
        if (length > b.length) {
            m.truncated = true;
            m.report.part(
                    Reason.TRUNCATED,
                    2,
                    "message length " + length + ", here are " + b.length + " bytes, at byte 2");
        } else if (length < b.length) {
            m.report.part(
                    Reason.TRAILING_BYTES,
                    length,
                    (b.length - length) + " bytes behind the message, at byte " + length);
        }
        if (m.templates.systemInit() != SourceTemplates.NO_INIT) {
            m.systemInit(m.templates.systemInit());
        }
        return true;
    }
}
