package io.flowwarden.input;

import io.flowwarden.raw.JsonObjects;

/**
 * The records of a JSON log: objects one after another, in an array, or in the array {@code
 * records} of an object around them. What closes the arrays is not asked for, because a log that
 * grows has it behind what comes next.
 */
final class JsonRecords {
    /** A minute of a busy network has some megabytes. */
    static final int LONGEST = 64 << 20;

    private static final byte[] WRAPPER = {'"', 'r', 'e', 'c', 'o', 'r', 'd', 's', '"'};
    private static final int WRAPPER_WITHIN = 256;

    private final ByteSource in;
    private final JsonObjects object = new JsonObjects();

    JsonRecords(ByteSource in) {
        this.in = in;
    }

    /**
     * Moves to the next record.
     *
     * @return its length; 0 at the end of the log; -1 where the log ends within a record
     * @throws DamagedInput where something else stands there
     */
    int next() throws DamagedInput {
        while (true) {
            if (!toNext()) {
                return 0;
            }
            int first = in.u8(0);
            int inside = first == '[' ? 1 : wrapper();
            if (inside == 0) {
                return length();
            }
            in.skip(inside);
        }
    }

    private boolean toNext() throws DamagedInput {
        if (in.offset() == 0 && in.fill(3) == 3 && in.u16(0) == 0xefbb && in.u8(2) == 0xbf) {
            in.skip(3);
        }
        while (in.fill(1) == 1) {
            int next = in.u8(0);
            if (next == '{' || next == '[') {
                return true;
            }
            if (!JsonObjects.between(next)) {
                throw DamagedInput.at(
                        in.offset(),
                        String.format(
                                "expected a record, an object in braces, here is 0x%02x", next));
            }
            in.skip(1);
        }
        return false;
    }

    /** Bytes up to the inside of {@code {"records": [}; 0 where the object is something else. */
    private int wrapper() {
        int length = in.fill(WRAPPER_WITHIN);
        int at = blank(1, length);
        for (byte letter : WRAPPER) {
            if (at >= length || in.u8(at++) != letter) {
                return 0;
            }
        }
        at = blank(at, length);
        if (at >= length || in.u8(at) != ':') {
            return 0;
        }
        at = blank(at + 1, length);
        return at < length && in.u8(at) == '[' ? at + 1 : 0;
    }

    private int blank(int from, int length) {
        int at = from;
        while (at < length && in.u8(at) <= ' ') {
            at++;
        }
        return at;
    }

    private int length() throws DamagedInput {
        object.begin();
        int seen = 0;
        int wanted = 1 << 12;
        while (true) {
            int have = in.fill(wanted);
            int end = object.end(in.buffer(), in.position() + seen, in.position() + have);
            if (end >= 0) {
                return end - in.position();
            }
            if (have < wanted) {
                return -1;
            }
            if (wanted >= LONGEST) {
                throw DamagedInput.at(
                        in.offset(), "no record is longer than " + LONGEST + " bytes");
            }
            seen = have;
            wanted *= 2;
        }
    }
}
