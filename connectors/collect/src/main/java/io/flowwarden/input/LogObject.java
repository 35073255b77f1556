package io.flowwarden.input;

import io.flowwarden.raw.RawFormat;
import io.flowwarden.raw.RawRecord;
import java.io.IOException;
import java.io.InputStream;

/**
 * One flow log as an object of a store, read from where an earlier reading ended. Positions and
 * chunks do not depend on how often that was, as long as the object only grows.
 */
public final class LogObject {
    /** Opens the object. */
    public interface Opener {
        /**
         * @param from first byte wanted
         */
        InputStream open(long from) throws IOException;
    }

    /** Where the raw records go. */
    public interface Sink {
        /**
         * @param next position behind the record
         */
        void accept(RawRecord raw, long next) throws IOException;
    }

    /**
     * How a reading ended.
     *
     * @param position where the next one begins
     * @param whole whether all that is there was read; else the end looks as if more is to come
     * @param known false where the object is no flow log
     * @param damage why the rest cannot be read, or null
     */
    public record End(long position, boolean whole, boolean known, Damage damage) {}

    private LogObject() {}

    /**
     * Reads to the end of what is there.
     *
     * @param key name of the object
     * @param stated its format, or null to tell by content
     * @param from 0, or a position that an earlier reading of this object gave
     * @param settled whether the object will not grow: then a line without its end is a row
     * @throws IOException of the opener or the sink, or where what reads this object is not
     *     installed. What ends the stream early is taken for damage; what was made of it until then
     *     may end within a line
     */
    public static End read(
            String key, InputFormat stated, long from, boolean settled, Opener opener, Sink sink)
            throws IOException {
        if (from > 0) {
            // A JSON log that is not compressed has records at its positions: a blob that grows by
            // a minute costs a minute.
            try (InputStream stream = opener.open(from)) {
                var rest = new ByteSource(stream, from);
                RawFormat format = JsonLog.formatOfRest(rest);
                if (format != null) {
                    return records(key, format, from, settled, rest, sink);
                }
            }
        }
        try (InputStream stream = opener.open(0)) {
            var file = new ByteSource(stream);
            if (!GzipMembers.startsAt(file)) {
                return read(key, stated, from, settled, file, sink);
            }
            try (var gzip = new GzipMembers(file)) {
                return read(key, stated, from, settled, new ByteSource(gzip), sink);
            }
        }
    }

    private static End read(
            String key, InputFormat stated, long from, boolean settled, ByteSource in, Sink sink)
            throws IOException {
        String head = CloudWatchEnvelope.head(in);
        if (stated == InputFormat.AZURE || stated == null && JsonLog.isAzure(head)) {
            return records(key, RawFormat.AZURE, from, settled, in, sink);
        }
        if (stated == InputFormat.GCP || stated == null && JsonLog.isGcp(head)) {
            return records(key, RawFormat.GCP, from, settled, in, sink);
        }
        boolean json = CloudWatchEnvelope.isJson(head);
        boolean parquet = ParquetLog.startsAt(in);
        ParquetReader reader = parquet ? ParquetLog.reader().orElse(null) : null;
        if (parquet && reader == null) {
            // No damage: once it is installed, the object is read.
            throw new IOException(ParquetLog.NO_READER);
        }
        boolean known = parquet || (json ? CloudWatchEnvelope.startsAt(in) : AwsLog.startsAt(in));
        if (!known && stated != InputFormat.AWS) {
            Damage why = in.damage() == null ? null : in.damage().in(key);
            boolean wait = !settled && in.fill(1 << 12) < 1 << 12;
            return new End(from, !wait, why != null || wait, why);
        }
        var chunks =
                new LogChunks(
                        key, from, raw -> sink.accept(raw, position(raw) + raw.value().length));
        DamagedInput damage = null;
        boolean whole = true;
        try {
            if (parquet) {
                ParquetLog.read(in, reader, chunks);
            } else if (json) {
                CloudWatchEnvelope.read(in, chunks);
            } else {
                whole = AwsLog.read(in, chunks, () -> settled && in.damage() == null);
            }
        } catch (DamagedInput e) {
            damage = e;
        }
        if (in.damage() != null) {
            damage = in.damage();
        }
        return new End(
                Math.max(from, chunks.position()),
                settled || whole && damage == null,
                true,
                damage == null ? null : damage.in(key));
    }

    private static End records(
            String key, RawFormat format, long from, boolean settled, ByteSource in, Sink sink)
            throws IOException {
        var log = new JsonLog(key, format, sink::accept);
        DamagedInput damage = null;
        boolean whole = false;
        try {
            whole = log.read(in, from);
            if (!whole && settled) {
                damage = DamagedInput.at(in.offset(), "the last record is cut");
            }
        } catch (DamagedInput e) {
            damage = e;
        }
        if (in.damage() != null) {
            damage = in.damage();
        }
        return new End(
                Math.max(from, log.position()),
                settled || whole && damage == null,
                true,
                damage == null ? null : damage.in(key));
    }

    private static long position(RawRecord raw) {
        return Long.parseLong(raw.chunk().substring(raw.chunk().lastIndexOf(':') + 1));
    }
}
