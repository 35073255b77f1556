package io.flowwarden.input;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.flowwarden.raw.JsonObjects;
import io.flowwarden.raw.RawFormat;
import io.flowwarden.raw.RawRecord;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Joins records of one Azure or GCP flow log to chunks of at most 64 KiB, one source each, a line
 * break between them. Every chunk reads like a small log of its own: an Azure record that is longer
 * is told in several ({@link AzureParts}).
 *
 * <p>A chunk's id is a digest of its bytes, and its offset, so it does not change when the log
 * grows, and is equal for a copy under another name.
 */
final class JsonLog {
    static final int MAX_CHUNK = LogChunks.MAX_CHUNK;

    /** Field names of hostile logs must not stay in the table of the JVM. */
    static final JsonFactory JSON =
            JsonFactory.builder().disable(JsonFactory.Feature.INTERN_FIELD_NAMES).build();

    /**
     * What a chunk needs to know of a record.
     *
     * @param source id, or null where the record does not say
     * @param end largest time in it, epoch ms; 0 without one
     */
    record Facts(String source, long end) {}

    /** Where the chunks go. */
    interface Sink {
        /**
         * @param next position behind the chunk: of the next record, or of the next part of one
         */
        void accept(RawRecord raw, long next) throws IOException;
    }

    private final String input;
    private final RawFormat format;
    private final Sink out;
    private final byte[] chunk = new byte[MAX_CHUNK];
    private int size;
    private long start;

    /** Position behind what the chunk holds. */
    private long behind;

    private String source;
    private long end;
    private long records;
    private long position;

    JsonLog(String input, RawFormat format, Sink out) {
        this.input = input;
        this.format = format;
        this.out = out;
    }

    static boolean isAzure(String head) {
        return CloudWatchEnvelope.isJson(head)
                && (head.contains("\"flowTuples\"")
                        || head.contains("\"flowRecords\"")
                        || head.contains("NetworkSecurityGroupFlowEvent"));
    }

    static boolean isGcp(String head) {
        return CloudWatchEnvelope.isJson(head)
                && head.contains("\"connection\"")
                && head.contains("\"src_ip\"");
    }

    /**
     * What a log is by its bytes from a position on.
     *
     * @return null where no record of a known kind starts there
     */
    static RawFormat formatOfRest(ByteSource in) {
        String head = CloudWatchEnvelope.head(in);
        int at = 0;
        while (at < head.length() && JsonObjects.between(head.charAt(at))) {
            at++;
        }
        String record = head.substring(at);
        if (isAzure(record)) {
            return RawFormat.AZURE;
        }
        return isGcp(record) ? RawFormat.GCP : null;
    }

    /** Records found so far. */
    long records() {
        return records;
    }

    /** Where reading may go on: behind the last chunk that was handed on. */
    long position() {
        return position;
    }

    /**
     * Reads to the end of what is there.
     *
     * @param from records and parts before this position are passed over
     * @return false where the log ends within a record, which may come whole later
     * @throws DamagedInput where no record can be found any more
     */
    boolean read(ByteSource in, long from) throws IOException {
        position = from;
        var found = new JsonRecords(in);
        try {
            while (true) {
                int length = found.next();
                if (length <= 0) {
                    return length == 0;
                }
                records++;
                if (in.offset() + length > from) {
                    record(in, length, from);
                }
                in.skip(length);
            }
        } finally {
            flush(behind);
        }
    }

    private void record(ByteSource in, int length, long from) throws IOException {
        long at = in.offset();
        byte[] bytes = in.buffer();
        int first = in.position();
        if (length < MAX_CHUNK) {
            Facts facts = facts(bytes, first, length);
            begin(facts.source(), length, at);
            add(bytes, first, length, facts.end());
            behind = at + length;
            return;
        }
        flush(behind);
        if (format != RawFormat.AZURE) {
            throw DamagedInput.at(at, "no record is longer than " + MAX_CHUNK + " bytes");
        }
        var parts = new AzureParts(bytes, first, length);
        try {
            for (AzureParts.Part part = parts.next(); part != null; part = parts.next()) {
                if (at + part.start() >= from) {
                    begin(named(part.facts().source()), part.bytes().length, at + part.start());
                    add(part.bytes(), 0, part.bytes().length, part.facts().end());
                    behind = at + part.next();
                    flush(behind);
                }
            }
        } catch (JsonProcessingException e) {
            throw DamagedInput.at(at, "is no JSON: " + e.getOriginalMessage());
        }
    }

    private Facts facts(byte[] bytes, int at, int length) {
        Facts facts =
                format == RawFormat.AZURE
                        ? AzureFacts.of(bytes, at, length)
                        : GcpFacts.of(bytes, at, length);
        return new Facts(named(facts.source()), facts.end());
    }

    private String named(String stated) {
        if (stated != null) {
            return stated;
        }
        int slash = Math.max(input.lastIndexOf('/'), input.lastIndexOf('\\'));
        return format.text() + "/" + input.substring(slash + 1);
    }

    private void begin(String of, int length, long at) throws IOException {
        if (size > 0 && (size + length + 1 > MAX_CHUNK || !of.equals(source))) {
            flush(behind);
        }
        if (size == 0) {
            source = of;
            start = at;
            end = 0;
        }
    }

    private void add(byte[] bytes, int at, int length, long until) {
        System.arraycopy(bytes, at, chunk, size, length);
        chunk[size + length] = '\n';
        size += length + 1;
        end = Math.max(end, until);
    }

    private void flush(long next) throws IOException {
        if (size == 0) {
            return;
        }
        byte[] value = Arrays.copyOf(chunk, size);
        size = 0;
        position = next;
        String id = HexFormat.of().formatHex(sha256().digest(value), 0, 12) + ":" + start;
        out.accept(new RawRecord(source, format, end, null, id, null, input, false, value), next);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
