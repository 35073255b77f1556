package io.flowwarden.decode.golden;

import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flowwarden.decode.DecodeReport;
import io.flowwarden.decode.Decoder;
import io.flowwarden.decode.ExportBytes;
import io.flowwarden.decode.MemoryTemplates;
import io.flowwarden.decode.Reason;
import io.flowwarden.flow.FlowBatch;
import io.flowwarden.raw.RawFormat;
import io.flowwarden.raw.RawRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Real input, damaged: cut at every byte, and changed at random. */
class HostileCaptureTest {
    private final Decoder decoder = new Decoder(new MemoryTemplates());
    private final FlowBatch batch = new FlowBatch();

    @Test
    void cutAtEveryByteEveryRecordHasAnAnswer() throws IOException {
        for (RawRecord raw : captured(40)) {
            for (byte[] cut : ExportBytes.prefixes(raw.value())) {
                sound(with(raw, cut));
            }
            sound(raw);
        }
    }

    @Test
    void changedAtRandomEveryRecordHasAnAnswer() throws IOException {
        var random = new Random(11);
        List<RawRecord> records = captured(12);
        for (int i = 0; i < 100_000; i++) {
            RawRecord raw = records.get(random.nextInt(records.size()));
            byte[] changed = raw.value().clone();
            for (int c = random.nextInt(8); c >= 0 && changed.length > 0; c--) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
            }
            sound(with(raw, changed));
        }
    }

    /** At most so many raw records of each case, datagrams of usual size. */
    private static List<RawRecord> captured(int most) throws IOException {
        var records = new ArrayList<RawRecord>();
        for (Captures.Case each : Captures.cases()) {
            Decoded.of(each).raw.stream()
                    .filter(raw -> raw.value().length <= 1_500)
                    .limit(most)
                    .forEach(records::add);
        }
        return records;
    }

    private static RawRecord with(RawRecord raw, byte[] value) {
        return new RawRecord(
                raw.source(),
                raw.format(),
                raw.receivedAt(),
                null,
                null,
                raw.fields(),
                null,
                false,
                value);
    }

    private void sound(RawRecord raw) {
        DecodeReport report = decoder.decode(raw, batch);
        assertNotEquals(Reason.DECODER_FAULT, report.rejected(), report::detail);
        assertTrue(batch.size() <= raw.value().length);
        if (raw.format() == RawFormat.AWS && report.rejected() == null) {
            int rows = batch.size() + report.nodata() + report.skipdata() + report.rejectedRows();
            assertTrue(report.rows() == rows, () -> report.rows() + " rows, " + rows + " counted");
        }
    }
}
