package io.flowwarden.parquet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flowwarden.input.DamagedInput;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ParquetRowsTest {
    private static final String HEADER =
            "version account_id interface_id srcaddr dstaddr srcport dstport protocol packets"
                    + " bytes start end action log_status";

    @TempDir private Path dir;

    @Test
    void rowsAreTheLinesThatTheLogHasAsText() throws IOException {
        List<String> rows =
                List.of(
                        "2 123456789010 eni-1 10.1.10.11 10.2.10.11 49152 31031 6 10 8400000000"
                                + " 1795262400 1795262460 ACCEPT OK",
                        "2 123456789010 eni-1 - - - - - - - 1795262400 1795262460 - NODATA");
        assertEquals(rows, read(new Fixture(Fixture.AWS).write(file(), rows)));
    }

    @ParameterizedTest
    @EnumSource(names = {"UNCOMPRESSED", "GZIP", "SNAPPY", "ZSTD", "LZ4_RAW"})
    void anyUsualCompressionIsRead(CompressionCodecName codec) throws IOException {
        List<String> rows = rows(3_000);
        Path file = new Fixture(Fixture.AWS).codec(codec).write(file(), rows);
        assertEquals(rows, read(file));
    }

    @Test
    void anotherCompressionIsNamed() throws IOException {
        Path file = new Fixture(Fixture.AWS).write(file(), rows(10));
        byte[] bytes = Files.readAllBytes(file);
        // The codec of a column: the fourth field of its metadata, after its path.
        int at = new String(bytes, ISO_8859_1).lastIndexOf("log_status") + 10;
        assertEquals(0x15, bytes[at]);
        assertEquals(2 * 2, bytes[at + 1], "GZIP");
        // BROTLI.
        bytes[at + 1] = 2 * 4;
        Files.write(file, bytes);
        DamagedInput damage = assertThrows(DamagedInput.class, () -> read(file));
        assertTrue(damage.getMessage().contains("BROTLI"), damage.getMessage());
    }

    @Test
    void rowsOfAllGroupsComeInTheirOrder() throws IOException {
        List<String> rows = rows(5_000);
        assertEquals(rows, read(new Fixture(Fixture.AWS).groups(5_000).write(file(), rows)));
    }

    @Test
    void tablesOfOtherProgramsAreRead() throws IOException {
        String schema =
                """
                message pandas {
                  optional binary interface_id (STRING);
                  optional double srcport;
                  optional binary packets (STRING);
                  optional int64 end (TIMESTAMP(MICROS,true));
                  repeated binary tags (STRING);
                  optional binary dstport (STRING);
                }
                """;
        Path file =
                new Fixture(schema)
                        .write(
                                file(),
                                List.of("eni~1,2 443 None 1795262460999999 x 80", "- NaN - - - -"));
        var lines = new ArrayList<String>();
        new ParquetRows().read(file, lines::add);
        assertEquals(
                List.of(
                        "interface_id srcport packets end dstport",
                        "eni_1_2 443 - 1795262460 80",
                        "- - - - -"),
                lines);
    }

    /** Tests of other modules read it; {@code -Dflowwarden.update=true} writes it anew. */
    @Test
    void theFileInTheRepositoryIsWhatThisRecipeGives() throws IOException {
        Path kept = Path.of("src/test/resources/flow-log.parquet");
        if (Boolean.getBoolean("flowwarden.update")) {
            Files.createDirectories(kept.getParent());
            new Fixture(Fixture.AWS).write(kept, rows(25));
        }
        assertEquals(rows(25), read(kept));
    }

    @Test
    void aLogOfNoRowsHasItsHeader() throws IOException {
        assertEquals(List.of(), read(new Fixture(Fixture.AWS).write(file(), List.of())));
    }

    @Test
    void whatStopsTheReaderOfTheRowsIsNoDamage() throws IOException {
        Path file = new Fixture(Fixture.AWS).write(file(), rows(10));
        assertThrows(
                InterruptedIOException.class,
                () ->
                        new ParquetRows()
                                .read(
                                        file,
                                        row -> {
                                            throw new InterruptedIOException("stopped");
                                        }));
    }

    static List<String> rows(int count) {
        return IntStream.range(0, count)
                .mapToObj(
                        n ->
                                "2 123456789010 eni-%d 10.1.%d.%d 10.2.10.11 %d 31031 6 %d %d %d %d ACCEPT OK"
                                        .formatted(
                                                n % 7,
                                                n / 250 % 250,
                                                n % 250,
                                                1024 + n,
                                                n,
                                                n * 1000L,
                                                1_795_262_400L + n / 100,
                                                1_795_262_460L + n / 100))
                .toList();
    }

    private Path file() {
        return dir.resolve("log.parquet");
    }

    private static List<String> read(Path file) throws IOException {
        var lines = new ArrayList<String>();
        new ParquetRows().read(file, lines::add);
        assertEquals(HEADER, lines.remove(0));
        return lines;
    }
}
