package io.flowwarden.input;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flowwarden.raw.RawFormat;
import io.flowwarden.raw.RawRecord;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogReadingTest {
    private static final String HEADER =
            "version account-id interface-id srcaddr dstaddr srcport dstport protocol packets"
                    + " bytes start end action log-status";

    @TempDir Path directory;

    @Test
    void headerLineBecomesTheFieldList() throws IOException {
        Reading reading = Reading.of(text(HEADER, row("eni-0a", 100), row("eni-0a", 160)));
        assertEquals(List.of("aws/eni-0a"), reading.sources());
        RawRecord raw = reading.records().get(0);
        assertEquals(RawFormat.AWS, raw.format());
        assertEquals(HEADER, raw.fields());
        assertEquals(160_000, raw.receivedAt());
        assertEquals(row("eni-0a", 100) + "\n" + row("eni-0a", 160) + "\n", value(raw));
    }

    @Test
    void logWithoutHeaderHasNoFieldList() throws IOException {
        Reading reading = Reading.of(text(row("eni-0a", 100)));
        assertNull(reading.records().get(0).fields());
    }

    @Test
    void sourceIsTheFlowLogThenTheFirstInterfaceThenTheFile() throws IOException {
        assertEquals(
                List.of("aws/fl-0ab1cd"),
                file("1_vpcflowlogs_eu_fl-0ab1cd_20180620T1620Z_fe.log", text(row("eni-0a", 1)))
                        .sources());
        assertEquals(List.of("aws/eni-0a"), file("a.log", text(row("eni-0a", 1))).sources());
        assertEquals(List.of("aws/b.log"), file("b.log", text(row("-", 1))).sources());
    }

    @Test
    void objectNameGivesTheTimeWhereNoRowDoes() throws IOException {
        Reading reading =
                file(
                        "1_vpcflowlogs_eu_fl-0ab1cd_20180620T1620Z_fe.log",
                        text("srcaddr dstaddr action", "10.0.0.1 10.0.0.2 ACCEPT"));
        assertEquals(1_529_511_600_000L, reading.records().get(0).receivedAt());
    }

    @Test
    void chunksAreWholeLinesOfAtMost64KiBAndTheirIdsDiffer() throws IOException {
        String log = IntStream.range(0, 5000).mapToObj(i -> row("eni-0a", i)).collect(lines());
        Reading reading = Reading.of(log.getBytes(UTF_8));
        assertTrue(reading.records().size() > 4);
        assertTrue(reading.records().stream().allMatch(raw -> raw.value().length <= 1 << 16));
        assertEquals(
                log,
                reading.records().stream()
                        .map(LogReadingTest::value)
                        .collect(Collectors.joining()));
        List<String> ids = reading.records().stream().map(RawRecord::chunk).toList();
        assertEquals(ids.size(), ids.stream().distinct().count());
        assertEquals(ids, chunkIds(Reading.of(log.getBytes(UTF_8))));
        assertNotEquals(ids.get(0), chunkIds(Reading.of(text(row("eni-0b", 1)))).get(0));
    }

    @Test
    void joinedGzipMembersAreOneLogAndRepeatedHeadersGo() throws IOException {
        byte[] joined =
                CaptureBytes.concat(
                        gzip(text(HEADER, row("eni-0a", 1))), gzip(text(HEADER, row("eni-0a", 2))));
        Reading reading = Reading.of(joined);
        assertEquals(List.of(), reading.damage());
        assertEquals(
                row("eni-0a", 1) + "\n" + row("eni-0a", 2) + "\n", value(reading.records().get(0)));
    }

    @Test
    void gzipCutAnywhereKeepsWhatWasBeforeAndNamesThePlace() throws IOException {
        byte[] joined =
                CaptureBytes.concat(
                        gzip(text(HEADER, row("eni-0a", 1))), gzip(text(HEADER, row("eni-0a", 2))));
        int first = gzip(text(HEADER, row("eni-0a", 1))).length;
        for (int cut = 2; cut < joined.length; cut++) {
            Reading reading = Reading.of(Arrays.copyOf(joined, cut));
            if (cut == first) {
                assertEquals(List.of(), reading.damage());
                continue;
            }
            assertEquals(1, reading.damage().size(), "cut at " + cut);
            assertTrue(reading.damage().get(0).contains("(compressed)"), reading.damage().get(0));
            if (cut > first) {
                assertTrue(value(reading.records().get(0)).startsWith(row("eni-0a", 1)));
            }
        }
    }

    @Test
    void gzipWithFlippedBitsIsDamageNotData() throws IOException {
        byte[] whole = gzip(text(HEADER, row("eni-0a", 1)));
        for (int i = 10; i < whole.length - 4; i++) {
            byte[] flipped = whole.clone();
            flipped[i] ^= 0x10;
            assertEquals(1, Reading.of(flipped, InputFormat.AWS, null).damage().size(), "at " + i);
        }
    }

    @Test
    void lastLineCutShortIsNamedAndTheRestIsKept() throws IOException {
        String cut = text2(HEADER, row("eni-0a", 1)) + "2 123456789012 eni-0a 10.0";
        Reading reading = Reading.of(cut.getBytes(UTF_8));
        assertEquals(List.of("-: line 3: the last line is cut: 4 of 14 fields"), reading.damage());
        assertTrue(value(reading.records().get(0)).startsWith(row("eni-0a", 1)));
    }

    @Test
    void headerAloneIsReadable() throws IOException {
        Reading reading = Reading.of(text(HEADER));
        assertEquals(1, reading.tally().idle());
        assertEquals(List.of(), reading.damage());
        assertEquals(List.of(), reading.records());
    }

    @Test
    void cloudWatchEnvelopesGiveTheirMessages() throws IOException {
        String envelope =
                "{\"messageType\":\"DATA_MESSAGE\",\"logEvents\":[{\"id\":\"1\",\"timestamp\":5,"
                        + "\"message\":\""
                        + row("eni-0a", 7)
                        + "\"}]}";
        Reading reading = Reading.of((envelope + envelope).getBytes(UTF_8));
        assertEquals(List.of(), reading.damage());
        assertEquals(
                row("eni-0a", 7) + "\n" + row("eni-0a", 7) + "\n", value(reading.records().get(0)));
        assertEquals(List.of("aws/eni-0a"), reading.sources());
    }

    @Test
    void envelopeCutShortNamesLineAndColumn() throws IOException {
        String envelope = "{\"logEvents\":[{\"message\":\"" + row("eni-0a", 7) + "\"},{\"mess";
        Reading reading = Reading.of(envelope.getBytes(UTF_8));
        assertEquals(1, reading.records().size());
        assertTrue(reading.damage().get(0).startsWith("-: line 1, column "));
    }

    @Test
    void emptyAndForeignInputsAreErrorsThatSayWhatTheyAre() throws IOException {
        assertEquals(List.of("-: offset 0: is empty"), Reading.of(new byte[0]).damage());
        assertEquals(
                List.of(
                        "-: offset 0: is no pcap, pcapng, NetFlow, IPFIX, sFlow, AWS, Azure or GCP flow log:"
                                + " it starts with 7f 45 4c 46"),
                Reading.of(new byte[] {0x7f, 'E', 'L', 'F'}).damage());
        assertTrue(
                Reading.of("PAR1xxxxxxxx".getBytes(UTF_8))
                        .damage()
                        .get(0)
                        .contains("unzip flowwarden-parquet-VERSION.zip"));
        assertEquals(
                List.of("-: offset 12: the last record is cut"),
                Reading.of("{\"records\":[{\"flowRecords\":{}".getBytes(UTF_8)).damage());
    }

    @Test
    void directoryIsReadByNameRecursivelyAndUnknownFilesAreListed() throws IOException {
        Files.createDirectories(directory.resolve("d/b"));
        Files.write(directory.resolve("d/c.log"), text(row("eni-0c", 1)));
        Files.write(directory.resolve("d/b/z.bin"), CaptureBytes.v5(1, 0));
        Files.writeString(directory.resolve("d/a.txt"), "notes");
        Reading reading = Reading.of(reader(), directory.resolve("d").toString());
        assertEquals(List.of("netflow/file/0", "aws/eni-0c"), reading.sources());
        assertEquals(
                List.of(directory.resolve("d/a.txt").toString()), reading.tally().unknownFiles());
        assertEquals(List.of(), reading.damage());
    }

    @Test
    void missingFileIsNamedAndTheRestIsRead() throws IOException {
        Files.write(directory.resolve("c.log"), text(row("eni-0c", 1)));
        Reading reading =
                Reading.of(
                        reader(),
                        directory.resolve("none.log").toString(),
                        directory.resolve("c.log").toString());
        assertEquals(1, reading.records().size());
        assertTrue(reading.damage().get(0).endsWith("none.log: file: there is no such file"));
    }

    private Reading file(String name, byte[] content) throws IOException {
        return Reading.of(reader(), Files.write(directory.resolve(name), content).toString());
    }

    private static InputReader reader() {
        return new InputReader(null, null, new ByteArrayInputStream(new byte[0]));
    }

    private static List<String> chunkIds(Reading reading) {
        return reading.records().stream().map(RawRecord::chunk).toList();
    }

    private static String value(RawRecord raw) {
        return new String(raw.value(), UTF_8);
    }

    private static String row(String networkInterface, int end) {
        return "2 123456789012 "
                + networkInterface
                + " 10.0.0.1 10.0.0.2 40000 443 6 10 840 "
                + Math.max(0, end - 60)
                + " "
                + end
                + " ACCEPT OK";
    }

    private static byte[] text(String... lines) {
        return text2(lines).getBytes(UTF_8);
    }

    private static String text2(String... lines) {
        return Arrays.stream(lines).collect(lines());
    }

    private static java.util.stream.Collector<CharSequence, ?, String> lines() {
        return Collectors.joining("\n", "", "\n");
    }

    private static byte[] gzip(byte[] content) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(content);
        }
        return out.toByteArray();
    }
}
