package io.flowwarden.input;

import io.flowwarden.raw.RawFormat;
import io.flowwarden.raw.RawRecord;
import io.flowwarden.raw.RawSink;
import io.flowwarden.raw.SourceIds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Joins lines of one AWS log to chunks of at most 64 KiB of whole lines, the header line taken off.
 *
 * <p>A chunk's id is a digest of the log up to its end, and its offset: equal for a copy of the log
 * under another name, as the etag of an object is.
 */
final class LogChunks {
    static final int MAX_CHUNK = 1 << 16;

    private static final Pattern OBJECT_TIME =
            Pattern.compile("_(\\d{4})(\\d{2})(\\d{2})T(\\d{2})(\\d{2})Z");

    private final String input;
    private final RawSink out;
    private final MessageDigest digest = sha256();
    private final byte[] chunk = new byte[MAX_CHUNK];
    private int size;
    private long offset;
    private String source;
    private String fields;
    private int columns;
    private int endColumn;
    private int interfaceColumn;
    private long end;
    private long rows;
    private final long from;

    LogChunks(String input, RawSink out) {
        this(input, 0, out);
    }

    /**
     * @param from position up to which rows were handed on before: they are only counted
     */
    LogChunks(String input, long from, RawSink out) {
        this.input = input;
        this.from = from;
        this.out = out;
        columns(AwsFields.DEFAULT);
        columns = 0;
        end = objectTime(input);
    }

    /** Bytes of all rows handed on or skipped, each with a line end. */
    long position() {
        return offset;
    }

    /** Rows seen so far. */
    long rows() {
        return rows;
    }

    /** Fields that a whole line has, by the header or else the line before; 0 if unknown. */
    int columns() {
        return columns;
    }

    /**
     * Adds a line without its line end.
     *
     * @return false where it is too long for any chunk
     */
    boolean line(byte[] bytes, int at, int length) throws IOException {
        if (length + 1 > MAX_CHUNK) {
            return false;
        }
        if (AwsFields.isHeader(bytes, at, length)) {
            header(new String(bytes, at, length, StandardCharsets.UTF_8).strip());
            return true;
        }
        if (size + length + 1 > MAX_CHUNK) {
            flush();
        }
        System.arraycopy(bytes, at, chunk, size, length);
        chunk[size + length] = '\n';
        size += length + 1;
        note(new String(bytes, at, length, StandardCharsets.UTF_8));
        rows++;
        if (offset + size == from) {
            // What came before has ended a chunk, too.
            flush();
        }
        return true;
    }

    /** Hands on what is left. */
    void finish() throws IOException {
        flush();
    }

    /** Joined logs repeat their header; another one starts a chunk of its own. */
    private void header(String line) throws IOException {
        if (line.equals(fields)) {
            return;
        }
        flush();
        fields = line;
        var names = AwsFields.names(line);
        columns(names);
        columns = names.size();
    }

    private void columns(List<String> names) {
        endColumn = names.indexOf("end");
        interfaceColumn = names.indexOf("interface-id");
    }

    private void note(String line) {
        String[] values = AwsFields.split(line);
        if (fields == null) {
            columns = values.length;
        }
        if (endColumn >= 0 && endColumn < values.length) {
            end = Math.max(end, seconds(values[endColumn]) * 1000);
        }
        if (source == null) {
            boolean named = interfaceColumn >= 0 && interfaceColumn < values.length;
            source = SourceIds.aws(input, named ? values[interfaceColumn] : null);
        }
    }

    private void flush() throws IOException {
        if (size == 0) {
            return;
        }
        digest.update(chunk, 0, size);
        if (offset + size <= from) {
            offset += size;
            size = 0;
            return;
        }
        out.accept(
                new RawRecord(
                        source,
                        RawFormat.AWS,
                        end,
                        null,
                        etag() + ":" + offset,
                        fields,
                        input,
                        false,
                        Arrays.copyOf(chunk, size)));
        offset += size;
        size = 0;
    }

    private String etag() {
        try {
            var soFar = (MessageDigest) digest.clone();
            return HexFormat.of().formatHex(soFar.digest(), 0, 12);
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String fileName(String path) {
        return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    }

    private static long seconds(String value) {
        if (value.isEmpty() || value.length() > 10) {
            return 0;
        }
        long seconds = 0;
        for (int i = 0; i < value.length(); i++) {
            int digit = value.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return 0;
            }
            seconds = seconds * 10 + digit;
        }
        return seconds;
    }

    /**
     * For logs without an end field: the time AWS puts into object names, as in {@code
     * 123456789012_vpcflowlogs_us-east-1_fl-1234abcd_20180620T1620Z_fe123456.log.gz}.
     */
    private static long objectTime(String input) {
        var time = OBJECT_TIME.matcher(fileName(input));
        if (!time.find()) {
            return 0;
        }
        int[] part = new int[5];
        for (int i = 0; i < part.length; i++) {
            part[i] = Integer.parseInt(time.group(i + 1));
        }
        try {
            return LocalDateTime.of(part[0], part[1], part[2], part[3], part[4])
                    .toInstant(ZoneOffset.UTC)
                    .toEpochMilli();
        } catch (java.time.DateTimeException e) {
            return 0;
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
