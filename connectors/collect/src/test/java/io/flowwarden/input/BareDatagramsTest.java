package io.flowwarden.input;

import static io.flowwarden.input.CaptureBytes.MILLIS;
import static io.flowwarden.input.CaptureBytes.concat;
import static io.flowwarden.input.CaptureBytes.ipfix;
import static io.flowwarden.input.CaptureBytes.v5;
import static io.flowwarden.input.CaptureBytes.v9;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class BareDatagramsTest {
    @Test
    void oneDatagramIsOneRecordWithTheExportTime() throws IOException {
        Reading reading = Reading.of(v5(2, 258));
        assertEquals(List.of("netflow/file/258"), reading.sources());
        assertEquals(MILLIS, reading.records().get(0).receivedAt());
        assertNull(reading.records().get(0).exporter());
    }

    @Test
    void statedExporterNamesTheSource() throws IOException {
        Reading reading = Reading.of(ipfix(9, 4), null, "10.1.0.1");
        assertEquals(List.of("netflow/10.1.0.1/9"), reading.sources());
        assertEquals("10.1.0.1", reading.records().get(0).exporter());
    }

    @Test
    void concatenatedDatagramsComeApartWhereTheyWereJoined() throws IOException {
        var random = new Random(4711);
        for (int round = 0; round < 300; round++) {
            int version = List.of(5, 9, 10).get(random.nextInt(3));
            byte[][] parts = new byte[1 + random.nextInt(40)][];
            for (int i = 0; i < parts.length; i++) {
                parts[i] =
                        switch (version) {
                            case 5 -> v5(1 + random.nextInt(30), i);
                            case 9 -> v9(i, random.nextInt(1400));
                            default -> ipfix(i, random.nextInt(60_000));
                        };
            }
            Reading reading = Reading.of(concat(parts));
            assertEquals(List.of(), reading.damage());
            assertEquals(parts.length, reading.records().size(), "round " + round);
            for (int i = 0; i < parts.length; i++) {
                assertArrayEquals(parts[i], reading.records().get(i).value());
            }
        }
    }

    @Test
    void trailingBytesStayWithTheirDatagram() throws IOException {
        byte[] datagram = concat(v5(2, 0), new byte[6]);
        Reading reading = Reading.of(datagram);
        assertEquals(List.of(), reading.damage());
        assertArrayEquals(datagram, reading.records().get(0).value());
    }

    @Test
    void datagramThatIsCutIsHandedOnAndNamed() throws IOException {
        byte[] file = concat(ipfix(1, 40), ipfix(1, 40));
        Reading reading = Reading.of(Arrays.copyOf(file, 100));
        assertEquals(2, reading.records().size());
        assertEquals(
                List.of(
                        "-: offset 60: an IPFIX datagram does not end where it says: 40 bytes left"),
                reading.damage());
    }

    @Test
    void randomBytesEndWithAnErrorAndNeverHang() throws IOException {
        var random = new Random(99);
        for (int round = 0; round < 500; round++) {
            byte[] bytes = new byte[random.nextInt(3000)];
            random.nextBytes(bytes);
            if (bytes.length > 1 && round % 2 == 0) {
                bytes[0] = 0;
                bytes[1] = new byte[] {5, 9, 10}[random.nextInt(3)];
            }
            Reading reading = Reading.of(bytes);
            assertEquals(reading.tally().rawRecords(), reading.records().size(), "round " + round);
            int said = reading.tally().damages().size() + reading.records().size();
            assertEquals(true, said > 0, "round " + round + " said nothing");
        }
    }
}
