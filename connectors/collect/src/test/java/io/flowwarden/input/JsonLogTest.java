package io.flowwarden.input;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flowwarden.raw.RawFormat;
import io.flowwarden.raw.RawRecord;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JsonLogTest {
    private static final Pattern TUPLE = Pattern.compile("\"(\\d{10,13},[^\"]*)\"");

    private record Chunk(RawRecord raw, long next) {
        String text() {
            return new String(raw.value(), UTF_8);
        }

        List<String> tuples() {
            return TUPLE.matcher(text()).results().map(found -> found.group(1)).toList();
        }
    }

    private final List<Chunk> chunks = new ArrayList<>();

    @Test
    void smallRecordsOfOneSourceShareAChunkInTheirOwnBytes() throws IOException {
        String one = record("paris", 3, 1_700_000_000_000L);
        String two = record("paris", 2, 1_700_000_060_000L);
        String three = record("lyon", 1, 1_700_000_120_000L);
        String log = "{\"records\": [" + one + ",\r\n" + two + " ,\n" + three + "]}";
        assertTrue(read(log, 0));
        assertEquals(2, chunks.size());
        assertEquals(one + "\n" + two + "\n", chunks.get(0).text());
        assertEquals("azure/subscriptions/s/flowlogs/paris", chunks.get(0).raw().source());
        assertEquals(1_700_000_060_001L, chunks.get(0).raw().receivedAt());
        assertEquals(three + "\n", chunks.get(1).text());
        assertEquals("azure/subscriptions/s/flowlogs/lyon", chunks.get(1).raw().source());
    }

    @Test
    void arraysLinesAndSingleRecordsAreLogsToo() throws IOException {
        String one = record("paris", 1, 1_700_000_000_000L);
        for (String log : List.of(one, "[" + one + "," + one + "]", one + "\n" + one + "\n")) {
            chunks.clear();
            assertTrue(read(log, 0));
            long records = log.split("\"category\"", -1).length - 1;
            assertEquals(records, tuples().size(), log);
        }
        chunks.clear();
        assertTrue(read("\ufeff{\"records\":[" + one + "]}", 0));
        assertEquals(1, tuples().size());
    }

    @Test
    void aRecordThatNoChunkHoldsIsToldInSeveral() throws IOException {
        String big = record("paris", 4_000, 1_700_000_000_000L);
        assertTrue(big.length() > 2 * JsonLog.MAX_CHUNK);
        assertTrue(
                read(
                        "{\"records\":["
                                + big
                                + ","
                                + record("paris", 1, 1_700_000_060_000L)
                                + "]}",
                        0));
        assertEquals(4_001, tuples().size());
        assertTrue(chunks.size() > 3);
        for (Chunk chunk : chunks) {
            assertTrue(chunk.raw().value().length <= JsonLog.MAX_CHUNK);
            assertTrue(chunk.text().contains("\"macAddress\":\"00224871C205\""), chunk.text());
            assertEquals("azure/subscriptions/s/flowlogs/paris", chunk.raw().source());
        }
    }

    /** A reading may end behind any chunk, by a restart or because the log had no more yet. */
    @Test
    void whereverReadingWasBrokenOffNoTupleIsLostOrRepeated() throws IOException {
        var random = new Random(20261121);
        for (int round = 0; round < 40; round++) {
            String log = randomLog(random);
            chunks.clear();
            assertTrue(read(log, 0));
            List<String> whole = tuples();
            for (int stop = 0; stop < chunks.size(); stop++) {
                List<Chunk> before = List.copyOf(chunks.subList(0, stop + 1));
                var again = new JsonLogTest();
                assertTrue(again.read(log, before.get(stop).next()));
                var both =
                        before.stream()
                                .flatMap(c -> c.tuples().stream())
                                .collect(Collectors.toList());
                both.addAll(again.tuples());
                assertEquals(whole, both, "stopped behind chunk " + stop + " of round " + round);
            }
        }
    }

    @Test
    void aLogThatGrowsIsReadOnAndItsChunksKeepTheirIds() throws IOException {
        var random = new Random(7);
        String log = randomLog(random);
        assertTrue(read(log, 0));
        List<Chunk> all = List.copyOf(chunks);
        for (int cut = 1; cut < log.length(); cut += 1 + random.nextInt(log.length() / 50)) {
            chunks.clear();
            var some = new JsonLogTest();
            some.read(log.substring(0, cut), 0);
            long position =
                    some.chunks.isEmpty() ? 0 : some.chunks.get(some.chunks.size() - 1).next();
            read(log, position);
            var tuples = new ArrayList<>(some.tuples());
            tuples.addAll(tuples());
            assertEquals(
                    all.stream().flatMap(c -> c.tuples().stream()).toList(),
                    tuples,
                    "cut at " + cut);
        }
        assertEquals(ids(all), ids(again(log)));
    }

    @Test
    void aLogThatEndsWithinARecordSaysSo() throws IOException {
        String one = record("paris", 1, 1_700_000_000_000L);
        assertFalse(read("{\"records\":[" + one + "," + one.substring(0, one.length() - 9), 0));
        assertEquals(1, tuples().size());
    }

    @Test
    void whatIsNoRecordIsDamageAndWhatStoodBeforeIsRead() {
        String one = record("paris", 1, 1_700_000_000_000L);
        var damage =
                assertThrows(DamagedInput.class, () -> read("[" + one + ", oops, " + one + "]", 0));
        assertTrue(damage.getMessage().contains("expected a record"), damage.getMessage());
        assertEquals(1, tuples().size());
    }

    @Test
    void gcpEntriesAreKeyedByTheirSubnetwork() throws IOException {
        String entry =
                """
                {"jsonPayload":{"connection":{"src_ip":"10.0.0.1"},"reporter":"SRC",\
                "src_vpc":{"subnetwork_name":"own"},"end_time":"2025-01-01T00:00:01.5Z"}%s}""";
        String labelled = ",\"resource\":{\"labels\":{\"subnetwork_name\":\"front\"}}";
        var log =
                new JsonLog(
                        "x.json", RawFormat.GCP, (raw, next) -> chunks.add(new Chunk(raw, next)));
        String text = entry.formatted(labelled) + "\n" + entry.formatted("") + "\n{\"a\":1}";
        assertTrue(log.read(source(text), 0));
        assertEquals(
                List.of("gcp/front", "gcp/own", "gcp/x.json"),
                chunks.stream().map(chunk -> chunk.raw().source()).toList());
        assertEquals(1_735_689_601_500L, chunks.get(0).raw().receivedAt());
    }

    private List<Chunk> again(String log) throws IOException {
        var other = new JsonLogTest();
        other.read(log, 0);
        return other.chunks;
    }

    private static List<String> ids(List<Chunk> of) {
        return of.stream().map(chunk -> chunk.raw().chunk()).toList();
    }

    private boolean read(String log, long from) throws IOException {
        var json =
                new JsonLog(
                        "dir/PT1H.json",
                        RawFormat.AZURE,
                        (raw, next) -> chunks.add(new Chunk(raw, next)));
        return json.read(source(log), from);
    }

    private static ByteSource source(String log) {
        return new ByteSource(new ByteArrayInputStream(log.getBytes(UTF_8)));
    }

    private List<String> tuples() {
        return chunks.stream().flatMap(chunk -> chunk.tuples().stream()).toList();
    }

    private static String randomLog(Random random) {
        return IntStream.range(0, 1 + random.nextInt(6))
                .mapToObj(
                        i ->
                                record(
                                        random.nextBoolean() ? "paris" : "lyon",
                                        random.nextInt(4) == 0
                                                ? 1_200 + random.nextInt(2_000)
                                                : random.nextInt(400),
                                        1_700_000_000_000L + i * 60_000L))
                .collect(
                        Collectors.joining(
                                random.nextBoolean() ? "," : " ,\n", "{\"records\":[", "]}"));
    }

    /** Tuples in two groups, with braces and quotes in a rule's name. */
    private static String record(String name, int tuples, long time) {
        String group = "{\"rule\":\"%s\",\"flowTuples\":[%s]}";
        String all =
                List.of(0, 1).stream()
                        .map(
                                half ->
                                        group.formatted(
                                                half == 0 ? "R}]\\\"{" : "Other",
                                                IntStream.range(0, tuples)
                                                        .filter(i -> i % 2 == half)
                                                        .mapToObj(i -> "\"" + tuple(time, i) + "\"")
                                                        .collect(Collectors.joining(","))))
                        .collect(Collectors.joining(","));
        return "{\"time\":\"2024-01-01T00:00:00Z\",\"category\":\"FlowLogFlowEvent\",\"flowLogVersion\":4,"
                + "\"flowLogResourceID\":\"/SUBSCRIPTIONS/s/FLOWLOGS/"
                + name
                + "\",\"macAddress\":\"00224871C205\",\"flowRecords\":{\"flows\":[{\"aclID\":\"a\",\"flowGroups\":["
                + all
                + "]}]}}";
    }

    private static String tuple(long time, int i) {
        return (time + (i > 0 ? 1 : 0))
                + ",10.0.0.6,52.239.184.180,"
                + (1024 + i)
                + ",443,6,O,E,NX,3,767,2,1580";
    }
}
