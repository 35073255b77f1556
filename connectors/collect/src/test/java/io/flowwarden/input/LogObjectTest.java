package io.flowwarden.input;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flowwarden.raw.RawRecord;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class LogObjectTest {
    private static final String HEADER =
            "version interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end"
                    + " action\n";

    private final List<RawRecord> records = new ArrayList<>();
    private final List<Long> ends = new ArrayList<>();

    @Test
    void readingOnFromAnyRecordGivesTheSameRecords() throws IOException {
        for (byte[] log : List.of(text(5000), gzip(text(5000)), envelope(3000))) {
            var end = read(log, 0, true);
            assertTrue(end.whole() && end.known(), end.toString());
            List<String> whole = seen(0);
            assertTrue(whole.size() > 4, "several chunks: " + whole.size());
            List<Long> stops = List.copyOf(ends);
            for (int done = 1; done <= stops.size(); done++) {
                records.clear();
                read(log, stops.get(done - 1), true);
                assertEquals(whole.subList(done, whole.size()), seen(0), "after " + done);
            }
            records.clear();
            ends.clear();
        }
    }

    @Test
    void anAzureBlobThatGrowsGivesEveryTupleOnce() throws IOException {
        var tuples = new ArrayList<String>();
        var blob = new StringBuilder();
        long position = 0;
        for (int hour = 0; hour < 20; hour++) {
            String tuple = (1_700_000_000_000L + hour) + ",10.0.0.1,10.0.0.2,1,2,6,O,B,NX,0,0,0,0";
            tuples.add(tuple);
            blob.append(hour == 0 ? "{\"records\":[" : ",")
                    .append("{\"flowRecords\":{\"flows\":[{\"flowGroups\":[{\"flowTuples\":[\"")
                    .append(tuple)
                    .append("\"]}]}]}}");
            // The service writes the end anew with each block; a reader may also see none.
            String seen = hour % 3 == 0 ? blob.toString() : blob + "]}";
            var end = read(seen.getBytes(UTF_8), position, false);
            assertTrue(end.known() && end.whole() && end.position() > position, end.toString());
            position = end.position();
        }
        assertEquals(
                tuples,
                records.stream()
                        .map(raw -> new String(raw.value(), UTF_8))
                        .map(text -> text.substring(text.indexOf("17000"), text.indexOf("\"]")))
                        .toList());
        var cut = read(blob.substring(0, 60).getBytes(UTF_8), 0, false);
        assertTrue(cut.known() && !cut.whole() && cut.position() == 0, cut.toString());
    }

    @Test
    void aLogThatGrowsGivesEveryRowOnceWhereverTheWriterPauses() throws IOException {
        byte[] log = text(400);
        var random = new Random(7);
        for (int round = 0; round < 50; round++) {
            records.clear();
            long position = 0;
            for (int size = 0; size < log.length; ) {
                size = Math.min(log.length, size + 1 + random.nextInt(9000));
                var end = read(Arrays.copyOf(log, size), position, size == log.length);
                position = end.position();
            }
            assertEquals(rows(log), rows(), "round " + round);
        }
    }

    @Test
    void ofADamagedGzipTheLinesBeforeAreRead() throws IOException {
        byte[] gzip = gzip(text(5000));
        var end = read(Arrays.copyOf(gzip, gzip.length / 2), 0, true);
        assertNotNull(end.damage());
        assertTrue(end.whole());
        String read = rows();
        assertTrue(read.length() > 50_000, "much of it: " + read.length());
        assertTrue(rows(text(5000)).startsWith(read), "and only whole lines");
    }

    @Test
    void halfAGzipThatIsStillBeingWrittenIsNoDamage() throws IOException {
        byte[] gzip = gzip(text(5000));
        var end = read(Arrays.copyOf(gzip, gzip.length / 2), 0, false);
        assertFalse(end.whole());
        read(gzip, end.position(), true);
        assertEquals(rows(text(5000)), rows());
    }

    @Test
    void whatIsNoFlowLogIsSaidToBeNone() throws IOException {
        var end = read("hello, world\n".repeat(1000).getBytes(UTF_8), 0, true);
        assertFalse(end.known());
        assertTrue(end.whole());
        assertNull(end.damage());
        assertEquals(List.of(), records);
    }

    @Test
    void anObjectWhoseReaderIsNotInstalledIsTriedAgain() {
        var e = assertThrows(IOException.class, () -> read("PAR1....".getBytes(UTF_8), 0, true));
        assertTrue(e.getMessage().contains("unzip flowwarden-parquet"), e.getMessage());
    }

    @Test
    void aHeaderThatIsNotWholeYetIsWaitedFor() throws IOException {
        assertFalse(read("version acc".getBytes(UTF_8), 0, false).whole());
    }

    private LogObject.End read(byte[] log, long from, boolean settled) throws IOException {
        return LogObject.read(
                "a.log",
                null,
                from,
                settled,
                at -> new ByteArrayInputStream(log, (int) at, log.length),
                (raw, next) -> {
                    records.add(raw);
                    ends.add(next);
                });
    }

    private List<String> seen(int from) {
        return records.subList(from, records.size()).stream()
                .map(r -> r.chunk() + " " + r.fields() + " " + new String(r.value(), UTF_8))
                .toList();
    }

    private String rows() {
        var all = new StringBuilder();
        records.forEach(raw -> all.append(new String(raw.value(), UTF_8)));
        return all.toString();
    }

    private static String rows(byte[] text) {
        return new String(text, UTF_8).substring(HEADER.length());
    }

    private static byte[] text(int rows) {
        var text = new StringBuilder(HEADER);
        for (int row = 0; row < rows; row++) {
            text.append(row(row)).append('\n');
        }
        return text.toString().getBytes(UTF_8);
    }

    private static String row(int row) {
        return "2 eni-1 10.1.0.1 10.2.0.2 50000 443 6 1 " + row + " 1700000000 1700000060 ACCEPT";
    }

    private static byte[] envelope(int rows) {
        var json = new StringBuilder();
        for (int row = 0; row < rows; row++) {
            String line = row(row).replace("2 eni-1", "2 123456789012 eni-1") + " OK";
            json.append("{\"messageType\":\"DATA_MESSAGE\",\"logEvents\":[{\"id\":\"")
                    .append(row)
                    .append("\",\"message\":\"")
                    .append(line)
                    .append("\"}]}");
        }
        return json.toString().getBytes(UTF_8);
    }

    private static byte[] gzip(byte[] text) {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
