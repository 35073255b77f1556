package io.flowwarden.input;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;

/** Reads AWS VPC flow logs in text: with a header line, or in a documented order. */
final class AwsLog {
    private static final int LONGEST_LINE = LogChunks.MAX_CHUNK;

    private AwsLog() {}

    /** Whether one of the first lines is a header or a row. */
    static boolean startsAt(ByteSource in) {
        int length = in.fill(1 << 14);
        String head = new String(in.buffer(), in.position(), length, StandardCharsets.ISO_8859_1);
        if (head.indexOf('\0') >= 0) {
            return false;
        }
        return head.lines()
                .limit(5)
                .anyMatch(
                        line -> {
                            byte[] bytes = line.getBytes(StandardCharsets.ISO_8859_1);
                            return AwsFields.isHeader(bytes, 0, bytes.length)
                                    || AwsFields.isRow(line);
                        });
    }

    static void read(ByteSource in, LogChunks chunks) throws IOException {
        read(in, chunks, () -> true);
    }

    /**
     * @param takesTail asked at a last line without a line end: whether it is a row
     * @return false where such a line is left
     */
    static boolean read(ByteSource in, LogChunks chunks, BooleanSupplier takesTail)
            throws IOException {
        if (in.fill(3) == 3 && in.u16(0) == 0xefbb && in.u8(2) == 0xbf) {
            in.skip(3);
        }
        long number = 0;
        boolean ended = false;
        try {
            while (!ended && in.fill(1) > 0) {
                number++;
                int length = lineLength(in);
                if (length < 0) {
                    throw new DamagedInput(
                            "line " + number,
                            "no line is longer than " + LONGEST_LINE + " bytes; no log text");
                }
                ended = length == in.available();
                if (ended && !takesTail.getAsBoolean()) {
                    return false;
                }
                int trimmed = length;
                while (trimmed > 0 && in.u8(trimmed - 1) <= ' ') {
                    trimmed--;
                }
                int expected = chunks.columns();
                if (trimmed > 0) {
                    chunks.line(in.buffer(), in.position(), trimmed);
                }
                if (ended) {
                    checkLast(in, trimmed, expected, number);
                }
                in.skip(ended ? length : length + 1);
            }
            return true;
        } finally {
            chunks.finish();
        }
    }

    /** Bytes before the line end or the end of the log; -1 where the line is too long. */
    private static int lineLength(ByteSource in) {
        int at = 0;
        int wanted = 4096;
        while (true) {
            int length = in.fill(wanted);
            for (; at < length; at++) {
                if (in.u8(at) == '\n') {
                    return at;
                }
            }
            if (length < wanted) {
                return length;
            }
            if (wanted >= LONGEST_LINE) {
                return -1;
            }
            wanted = Math.min(LONGEST_LINE, wanted * 2);
        }
    }

    private static void checkLast(ByteSource in, int length, int expected, long number)
            throws DamagedInput {
        String line = new String(in.buffer(), in.position(), length, StandardCharsets.UTF_8);
        int got = AwsFields.split(line).length;
        if (length > 0 && got < expected) {
            throw new DamagedInput(
                    "line " + number,
                    "the last line is cut: " + got + " of " + expected + " fields");
        }
    }
}
