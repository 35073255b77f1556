package io.flowwarden.parquet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flowwarden.input.LogObject;
import io.flowwarden.raw.RawRecord;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Parquet log as an object of a store. */
class ParquetObjectTest {
    private final List<String> rows = ParquetRowsTest.rows(4_000);
    private final List<RawRecord> records = new ArrayList<>();
    private final List<Long> positions = new ArrayList<>();
    @TempDir private Path dir;
    private byte[] object;

    @BeforeEach
    void write() throws IOException {
        Path file = dir.resolve("log.parquet");
        object = Files.readAllBytes(new Fixture(Fixture.AWS).groups(50_000).write(file, rows));
    }

    @Test
    void itsRowsComeAsChunksOfTextWithTheHeaderBeside() throws IOException {
        var end = read(object, 0, true);
        assertTrue(end.whole() && end.known() && end.damage() == null, end.toString());
        assertEquals(rows, String.join("", values()).lines().toList());
        for (RawRecord record : records) {
            assertTrue(record.value().length <= 1 << 16);
            assertTrue(record.fields().startsWith("version account_id interface_id srcaddr"));
            assertEquals("aws/eni-0", record.source());
        }
        assertEquals(1_795_262_460_000L + 39_000, records.get(records.size() - 1).receivedAt());
    }

    @Test
    void readingOnFromAnyRecordNeitherLosesNorRepeatsARow() throws IOException {
        read(object, 0, true);
        List<String> whole = chunks();
        List<Long> stops = List.copyOf(positions);
        assertTrue(whole.size() > 4, "several chunks: " + whole.size());
        for (int done = 1; done <= stops.size(); done++) {
            records.clear();
            read(object, stops.get(done - 1), true);
            assertEquals(whole.subList(done, whole.size()), chunks(), "after " + done);
        }
    }

    @Test
    void oneThatIsStillBeingWrittenIsWaitedFor() throws IOException {
        var end = read(Arrays.copyOf(object, object.length / 2), 0, false);
        assertFalse(end.whole(), end.toString());
        assertEquals(List.of(), records);
        assertTrue(read(object, end.position(), false).whole());
        assertEquals(rows, String.join("", values()).lines().toList());
    }

    @Test
    void aCutOneIsDamaged() throws IOException {
        var end = read(Arrays.copyOf(object, object.length / 2), 0, true);
        assertTrue(end.whole() && end.known(), end.toString());
        assertEquals(
                "a.parquet: footer: the file does not end with PAR1: it is cut, or still being written",
                end.damage().text());
    }

    @Test
    void gzipAroundItIsTakenOff() throws IOException {
        var zipped = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(zipped)) {
            gzip.write(object);
        }
        read(zipped.toByteArray(), 0, true);
        assertEquals(rows, String.join("", values()).lines().toList());
    }

    @Test
    void aTableOfSomethingElseSaysSo() throws IOException {
        Path file = dir.resolve("other.parquet");
        String schema = "message t { required int64 id; optional binary name (STRING); }";
        new Fixture(schema).write(file, List.of("1 a"));
        var end = read(Files.readAllBytes(file), 0, true);
        assertEquals(
                "a.parquet: schema: its columns are no flow log's: id name", end.damage().text());
    }

    @Test
    void noCopyIsLeftBehind() throws IOException {
        Path temp = Path.of(System.getProperty("java.io.tmpdir"));
        List<Path> before = copies(temp);
        read(object, 0, true);
        read(Arrays.copyOf(object, 100), 0, true);
        assertEquals(before, copies(temp));
    }

    private static List<Path> copies(Path temp) throws IOException {
        try (var files = Files.list(temp)) {
            return files.filter(file -> file.getFileName().toString().startsWith("flowwarden"))
                    .filter(file -> file.toString().endsWith(".parquet"))
                    .sorted()
                    .toList();
        }
    }

    private LogObject.End read(byte[] bytes, long from, boolean settled) throws IOException {
        return LogObject.read(
                "a.parquet",
                null,
                from,
                settled,
                at -> new ByteArrayInputStream(bytes, (int) at, bytes.length),
                (raw, next) -> {
                    records.add(raw);
                    positions.add(next);
                });
    }

    private List<String> values() {
        return records.stream().map(raw -> new String(raw.value(), UTF_8)).toList();
    }

    private List<String> chunks() {
        return records.stream()
                .map(raw -> raw.chunk() + " " + new String(raw.value(), UTF_8))
                .toList();
    }
}
