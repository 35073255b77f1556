package io.flowwarden.connect.objects;

import io.flowwarden.input.LogObject;
import io.flowwarden.raw.RawFormat;
import io.flowwarden.raw.RawRecord;
import java.io.IOException;

/** A log whose every line is a record of its own; positions are bytes. */
final class LineLog implements ObjectLog {
    @Override
    public LogObject.End read(
            String key, long from, boolean settled, LogObject.Opener opener, LogObject.Sink sink)
            throws IOException {
        long position = from;
        try (var in = opener.open(from)) {
            var line = new java.io.ByteArrayOutputStream();
            for (int next = in.read(); next >= 0; next = in.read()) {
                if (next != '\n') {
                    line.write(next);
                    continue;
                }
                position += line.size() + 1;
                sink.accept(record(key, line.toByteArray()), position);
                line.reset();
            }
        }
        return new LogObject.End(position, true, true, null);
    }

    private static RawRecord record(String key, byte[] line) {
        return new RawRecord(key, RawFormat.AWS, 0, null, null, null, key, false, line);
    }
}
