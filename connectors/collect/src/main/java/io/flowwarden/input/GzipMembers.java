package io.flowwarden.input;

import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Contents of a gzip file with any number of members (RFC 1952 section 2.2), which is what joined
 * log objects are. The JDK's stream takes a damaged later member for the end of the file and says
 * nothing; this one names the offset.
 */
final class GzipMembers extends InputStream {
    private static final int HEADER_CRC = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;

    private final ByteSource in;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 checksum = new CRC32();
    private boolean inMember;

    GzipMembers(ByteSource in) {
        this.in = in;
    }

    static boolean startsAt(ByteSource in) {
        return in.fill(2) == 2 && in.u16(0) == 0x1f8b;
    }

    @Override
    public int read() throws DamagedInput {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 255;
    }

    @Override
    public int read(byte[] target, int at, int length) throws DamagedInput {
        while (length > 0) {
            if (!inMember) {
                if (!nextMember()) {
                    return -1;
                }
            }
            if (inflater.needsInput() && !inflater.finished()) {
                if (in.fill(1) == 0) {
                    throw damaged("the gzip data ends here, cut short");
                }
                inflater.setInput(in.buffer(), in.position(), in.available());
            }
            int before = inflater.getRemaining();
            int count;
            try {
                count = inflater.inflate(target, at, length);
            } catch (DataFormatException e) {
                throw damaged("the gzip data is damaged: " + e.getMessage());
            }
            in.skip(before - inflater.getRemaining());
            checksum.update(target, at, count);
            if (inflater.finished()) {
                endMember();
            } else if (count == 0 && inflater.needsDictionary()) {
                throw damaged("the gzip data asks for a dictionary");
            }
            if (count > 0) {
                return count;
            }
        }
        return 0;
    }

    @Override
    public void close() {
        inflater.end();
    }

    private boolean nextMember() throws DamagedInput {
        skipZeros();
        if (in.fill(1) == 0) {
            if (in.damage() != null) {
                throw in.damage();
            }
            return false;
        }
        if (in.fill(10) < 10) {
            throw damaged("a gzip header of 10 bytes is cut short");
        }
        if (in.u16(0) != 0x1f8b || in.u8(2) != 8) {
            throw damaged("a gzip member should start here");
        }
        int flags = in.u8(3);
        in.skip(10);
        if ((flags & EXTRA) != 0) {
            need(2);
            int length = in.u8(0) | in.u8(1) << 8;
            in.skip(2);
            need(length);
            in.skip(length);
        }
        if ((flags & NAME) != 0) {
            skipText();
        }
        if ((flags & COMMENT) != 0) {
            skipText();
        }
        if ((flags & HEADER_CRC) != 0) {
            need(2);
            in.skip(2);
        }
        inflater.reset();
        checksum.reset();
        inMember = true;
        return true;
    }

    private void endMember() throws DamagedInput {
        need(8);
        long expected = in.u8(0) | in.u8(1) << 8 | in.u8(2) << 16 | (long) in.u8(3) << 24;
        if (expected != checksum.getValue()) {
            throw damaged("the checksum of the gzip data before this does not match");
        }
        in.skip(8);
        inMember = false;
    }

    /** Tape and object tools pad with zeros. */
    private void skipZeros() {
        while (in.fill(1) == 1 && in.u8(0) == 0) {
            in.skip(1);
        }
    }

    private void skipText() throws DamagedInput {
        int last;
        do {
            need(1);
            last = in.u8(0);
            in.skip(1);
        } while (last != 0);
    }

    private void need(int bytes) throws DamagedInput {
        if (in.fill(bytes) < bytes) {
            throw damaged("the gzip file ends here, cut short");
        }
    }

    private DamagedInput damaged(String reason) {
        if (in.damage() != null) {
            return in.damage();
        }
        return new DamagedInput("offset " + in.offset() + " (compressed)", reason);
    }
}
