package io.flowwarden.input;

import io.flowwarden.raw.RawFormat;
import io.flowwarden.raw.RawRecord;
import io.flowwarden.raw.RawSink;
import io.flowwarden.raw.Sflow;
import io.flowwarden.raw.SourceIds;
import java.io.IOException;

/**
 * Reads sFlow datagrams that follow one another without framing; where one ends follows from its
 * samples. They state no time of day, so they are received at 0.
 */
final class SflowDatagrams {
    /** No UDP datagram is larger. */
    private static final int MAX_DATAGRAM = 0xffff;

    private SflowDatagrams() {}

    static boolean startsAt(ByteSource in) {
        int length = in.fill(Sflow.HEADER);
        return Sflow.startsAt(in.buffer(), in.position(), length);
    }

    /**
     * @param exporter address that sent all of it, or null
     */
    static void read(ByteSource in, String input, String exporter, RawSink out) throws IOException {
        while (startsAt(in)) {
            int left = in.fill(MAX_DATAGRAM);
            int length = Sflow.length(in.buffer(), in.position(), left);
            // What does not end where it says, or is followed by something else, goes as a whole:
            // the decoder knows what that means.
            if (length < 0 || !followed(in, length)) {
                length = left;
            }
            byte[] value = in.copy(0, length);
            in.skip(length);
            out.accept(
                    new RawRecord(
                            SourceIds.sflow(value),
                            RawFormat.SFLOW,
                            0,
                            exporter,
                            null,
                            null,
                            input,
                            false,
                            value));
        }
        if (in.fill(1) > 0) {
            throw DamagedInput.at(in.offset(), "no sFlow datagram starts here");
        }
    }

    private static boolean followed(ByteSource in, int length) {
        int there = in.fill(length + Sflow.HEADER) - length;
        return Sflow.startsAt(in.buffer(), in.position() + length, Math.max(0, there));
    }
}
