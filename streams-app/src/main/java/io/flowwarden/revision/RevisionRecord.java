package io.flowwarden.revision;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flowwarden.catalog.Revision;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * The record that says what a compacted topic must hold to be complete. Only it makes what was read
 * valid, so nothing half-applied is ever used.
 */
public final class RevisionRecord {
    public static final String KEY = "_revision";

    private static final String COUNT = "fw.count";
    private static final String HASH = "fw.hash";

    private RevisionRecord() {}

    /** One byte: an empty value would be a tombstone. */
    public static byte[] value() {
        return new byte[] {1};
    }

    public static List<Header> headers(Revision revision) {
        return List.of(
                new RecordHeader(COUNT, Integer.toString(revision.count()).getBytes(UTF_8)),
                new RecordHeader(HASH, revision.hash().getBytes(UTF_8)));
    }

    /** What the headers say, empty where they say nothing usable. */
    static Optional<Revision> read(Headers headers) {
        String count = text(headers.lastHeader(COUNT));
        String hash = text(headers.lastHeader(HASH));
        if (count == null || hash == null || !count.matches("\\d{1,9}")) {
            return Optional.empty();
        }
        return Optional.of(new Revision(Integer.parseInt(count), hash));
    }

    private static String text(Header header) {
        return header == null || header.value() == null ? null : new String(header.value(), UTF_8);
    }
}
