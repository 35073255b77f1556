package io.flowwarden.input;

import io.flowwarden.raw.RawRecord;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What reading some bytes as standard input gives. */
record Reading(List<RawRecord> records, ReadTally tally) {
    static Reading of(byte[] input) throws IOException {
        return of(input, null, null);
    }

    static Reading of(byte[] input, InputFormat format, String exporter) throws IOException {
        var reader = new InputReader(format, exporter, new ByteArrayInputStream(input));
        return of(reader, "-");
    }

    static Reading of(InputReader reader, String... inputs) throws IOException {
        var records = new ArrayList<RawRecord>();
        for (String input : inputs) {
            reader.read(input, records::add);
        }
        return new Reading(records, reader.tally());
    }

    List<String> sources() {
        return records.stream().map(RawRecord::source).toList();
    }

    List<String> damage() {
        return tally.damages().stream().map(Damage::text).toList();
    }
}
