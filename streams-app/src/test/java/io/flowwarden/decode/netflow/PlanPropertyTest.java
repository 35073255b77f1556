package io.flowwarden.decode.netflow;

import static io.flowwarden.decode.ExportBytes.ipfix;
import static io.flowwarden.decode.ExportBytes.raw;
import static io.flowwarden.decode.ExportBytes.set;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.flowwarden.decode.ExportBytes;
import io.flowwarden.decode.Exporter;
import io.flowwarden.schemas.Flow;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A set read column by column gives what its records give when read one by one. */
class PlanPropertyTest {
    private static final int[] ELEMENTS = {
        1, 2, 4, 6, 7, 8, 10, 11, 12, 14, 15, 18, 21, 22, 23, 24, 27, 28, 32, 56, 57, 58, 59, 61,
        62, 80, 81, 82, 85, 86, 89, 95, 96, 136, 139, 150, 151, 152, 153, 154, 155, 156, 157, 158,
        159, 160, 161, 176, 177, 178, 179, 180, 181, 225, 226, 227, 228, 231, 232, 233, 234, 235,
        236, 239, 243, 281, 282, 298, 299, 315, 322, 323, 999
    };

    @Test
    void recordsReadTogetherEqualRecordsReadApart() {
        var random = new Random(42);
        for (int round = 0; round < 3_000; round++) {
            int fields = 1 + random.nextInt(20);
            var definition = raw();
            int[] lengths = new int[fields];
            for (int f = 0; f < fields; f++) {
                int element = ELEMENTS[random.nextInt(ELEMENTS.length)];
                lengths[f] = length(element, random);
                definition.u16(element).u16(lengths[f]);
            }
            int count = 1 + random.nextInt(5);
            var together = raw();
            var apart = raw();
            for (int r = 0; r < count; r++) {
                byte[] record = record(lengths, random);
                together.bytes(record);
                apart.bytes(record).u8(0);
            }
            byte[] fixed = raw().u16(256).u16(fields).bytes(definition.get()).get();
            byte[] varying =
                    raw().u16(256)
                            .u16(fields + 1)
                            .bytes(definition.get())
                            .u16(82)
                            .u16(65_535)
                            .get();
            List<Flow> expected = flows(varying, apart);
            assertEquals(count, expected.size());
            assertEquals(expected, flows(fixed, together));
        }
    }

    private static List<Flow> flows(byte[] template, ExportBytes records) {
        return new Exporter().flows(ipfix(0, set(2, template), set(256, records.get())));
    }

    private static byte[] record(int[] lengths, Random random) {
        var bytes = raw();
        for (int length : lengths) {
            boolean zero = random.nextInt(4) == 0;
            for (int i = 0; i < length; i++) {
                bytes.u8(zero ? 0 : random.nextInt(256));
            }
        }
        return bytes.get();
    }

    private static int length(int element, Random random) {
        Element known = Elements.of(0, element);
        if (random.nextInt(12) == 0) {
            return 1 + random.nextInt(20);
        }
        return known == null || known.size() == 0 ? 1 + random.nextInt(30) : known.size();
    }
}
