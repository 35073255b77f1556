package io.flowwarden.connect.objects;

import static io.flowwarden.testkit.TaskWorker.header;
import static io.flowwarden.testkit.TaskWorker.isTick;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flowwarden.testkit.TaskWorker;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FlowLogObjectTaskTest {
    private static final String FOLDER = "AWSLogs/1/vpcflowlogs/eu-west-3/2026/11/21/";

    private final InstantSource clock = InstantSource.system();
    private final MemoryStore store = new MemoryStore(false);
    private final TaskWorker worker = new TaskWorker();
    private final List<String> written = new ArrayList<>();

    @AfterEach
    void stop() {
        worker.stop();
    }

    @Test
    void rowsOfGzippedLogsBecomeRawRecordsWithTheHeadersOfTheContract() throws Exception {
        put(FOLDER + "1_vpcflowlogs_eu-west-3_fl-0ab1_20231114T2210Z_aa.log.gz", 10, 0);
        start(Map.of());
        worker.until(() -> rows().size() == 10);
        SourceRecord record =
                worker.records().stream().filter(r -> !isTick(r)).findFirst().orElseThrow();
        assertEquals("aws/fl-0ab1", new String((byte[]) record.key(), UTF_8));
        assertEquals("aws", header(record, "fw.format"));
        assertEquals("1700000060000", header(record, "fw.received-at"));
        assertEquals("version interface-id srcaddr dstaddr start end", header(record, "fw.fields"));
        assertTrue(header(record, "fw.chunk").matches("[0-9a-f]{24}:0"));
        assertEquals("flowwarden.raw", record.topic());
        assertEquals(null, record.timestamp());
        assertEquals(null, record.kafkaPartition());
    }

    @Test
    void everyPartitionGetsTicksAlsoWithoutAnyObject() throws Exception {
        start(Map.of("topic.partitions", "3", "name", "logs"));
        worker.until(() -> worker.records().size() >= 6);
        for (SourceRecord tick : worker.records()) {
            assertTrue(isTick(tick));
            assertEquals("logs-0", new String((byte[]) tick.key(), UTF_8));
        }
        assertEquals(
                List.of(0, 1, 2, 0, 1, 2),
                worker.records().subList(0, 6).stream().map(SourceRecord::kafkaPartition).toList());
        long first = Long.parseLong(header(worker.records().get(0), "fw.received-at"));
        long second = Long.parseLong(header(worker.records().get(3), "fw.received-at"));
        assertTrue(second - first >= 200, second - first + " ms between two ticks");
    }

    @Test
    void restartsAnywhereNeitherLoseNorRepeatARow() throws Exception {
        for (int log = 0; log < 6; log++) {
            put(FOLDER + "fl-000" + log % 3 + "_" + (9 - log) + ".log.gz", 2500, log);
        }
        for (int run = 0; run < 25; run++) {
            int before = rows().size();
            start(Map.of());
            if (run % 2 == 0) {
                int last = written.size();
                worker.until(() -> rows().size() > before || rows().size() == last);
            }
            if (run == 5) {
                put(FOLDER + "fl-0000_0_late.log.gz", 2500, 100);
            }
            worker.crash();
        }
        start(Map.of());
        worker.until(() -> rows().size() >= written.size());
        long scans = scans();
        worker.until(() -> scans() > scans + 1);
        assertEquals(written.stream().sorted().toList(), rows().stream().sorted().toList());
    }

    @Test
    void tasksDivideTheLogsAmongThemselves() throws Exception {
        for (int log = 0; log < 20; log++) {
            put("fl-00" + (10 + log) + "/a.log", 3, log);
        }
        var connector = new Source();
        connector.start(settings(Map.of()));
        int part = 0;
        for (Map<String, String> one : connector.taskConfigs(3)) {
            int before = rows().size();
            worker.start(new MemoryTask(), one);
            long scans = scans();
            worker.until(() -> scans() > scans + 1);
            worker.stop();
            part += rows().size() > before ? 1 : 0;
        }
        assertEquals(3, part, "each has a part");
        assertEquals(written.stream().sorted().toList(), rows().stream().sorted().toList());
    }

    @Test
    void aDamagedObjectIsReportedOnceAndTheRestIsRead() throws Exception {
        put(FOLDER + "fl-0001_a.log.gz", 5000, 0);
        byte[] whole = store.content(FOLDER + "fl-0001_a.log.gz");
        store.put(FOLDER + "fl-0001_a.log.gz", Arrays.copyOf(whole, whole.length / 2), now());
        put(FOLDER + "fl-0001_b.log.gz", 10, 1);
        store.put(FOLDER + "readme.txt", "hello\n".repeat(2000).getBytes(UTF_8), now());
        start(Map.of());
        worker.until(() -> scans() > 2);
        List<String> rows = rows();
        assertTrue(rows.size() > 1000 && rows.size() < 5000, rows.size() + " rows");
        assertTrue(rows.containsAll(written.subList(5000, 5010)));
        assertTrue(written.containsAll(rows), "only whole rows");
        assertEquals(1, worker.metric("objects-damaged-total"));
        assertEquals(1, worker.metric("objects-unknown-total"));
        restart();
        worker.until(() -> scans() > 0);
        assertEquals(rows, rows());
        assertEquals(0, worker.metric("objects-damaged-total"));
    }

    @Test
    void aConnectionThatBreaksIsTriedAgainFromThere() throws Exception {
        put(FOLDER + "fl-0001_a.log", 5000, 0);
        store.network =
                in ->
                        new FilterInputStream(in) {
                            private int left = 200_000;

                            @Override
                            public int read(byte[] target, int at, int length) throws IOException {
                                if (left <= 0) {
                                    store.network = next -> next;
                                    throw new IOException("connection reset");
                                }
                                int count = super.read(target, at, Math.min(left, length));
                                left -= count;
                                return count;
                            }
                        };
        start(Map.of());
        worker.until(() -> rows().size() >= 5000);
        assertEquals(written, rows());
        assertEquals(1, worker.metric("store-errors-total"));
        assertEquals(0, worker.metric("objects-damaged-total"));
    }

    @Test
    void objectsThatCannotBeReadKeepNobodyElseWaiting() throws Exception {
        for (int i = 0; i < 5; i++) {
            put(FOLDER + "fl-0001_locked" + i + ".log", 10, i);
        }
        put(FOLDER + "fl-0001_open.log", 10, 100);
        store.network = FlowLogObjectTaskTest::locked;
        start(Map.of());
        worker.until(() -> rows().size() == 10);
        assertEquals(written.subList(50, 60), rows());
        assertTrue(worker.metric("store-errors-total") > 0);
    }

    /** All but the object with row 50. */
    private static InputStream locked(InputStream in) {
        try {
            byte[] all = in.readAllBytes();
            if (new String(all, UTF_8).contains("row=50")) {
                return new java.io.ByteArrayInputStream(all);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("403");
            }
        };
    }

    @Test
    void whatVanishesIsCountedAndForgotten() throws Exception {
        put(FOLDER + "fl-0001_a.log", 10, 0);
        store.vanish(FOLDER + "fl-0001_a.log");
        start(Map.of());
        worker.until(() -> worker.metric("objects-gone-total") > 0);
        assertEquals(List.of(), rows());
    }

    @Test
    void whatIsOlderThanTheWindowAtTheFirstStartIsLeftAndCounted() throws Exception {
        put(FOLDER + "fl-0001_old.log", 10, -3 * 86_400);
        put(FOLDER + "fl-0001_new.log", 10, 0);
        start(Map.of());
        worker.until(() -> scans() > 0 && rows().size() == 10);
        assertEquals(written.subList(10, 20), rows());
        assertEquals(1, worker.metric("objects-too-old"));
    }

    @Test
    void aStandstillLongerThanTheWindowLosesNothing() throws Exception {
        start(Map.of("topic.partitions", "100"));
        worker.until(() -> worker.offsets().size() == Bucket.LANES * Bucket.PARTS);
        worker.stop();
        put(FOLDER + "fl-0001_meanwhile.log", 10, 60);
        var later = new MemoryTask(() -> clock.instant().plus(Duration.ofDays(3)));
        worker.start(later, settings(Map.of()));
        worker.until(() -> rows().size() == 10);
    }

    @Test
    void aStoreThatNeverLetUsInFailsTheTaskWithItsReason() throws Exception {
        store.fault = new StoreRefused("may not list s3://b: see s3.access.key.id", null);
        start(Map.of());
        var failure = assertThrows(ConnectException.class, () -> worker.until(() -> false));
        assertEquals("may not list s3://b: see s3.access.key.id", failure.getMessage());
    }

    @Test
    void aStoreThatFailsForAWhileFailsNoTask() throws Exception {
        store.fault = new IOException("503");
        start(Map.of());
        worker.until(() -> worker.metric("store-errors-total") > 0);
        put(FOLDER + "fl-0001_a.log", 10, 0);
        store.fault = null;
        worker.until(() -> rows().size() == 10);
    }

    private void start(Map<String, String> more) {
        worker.start(new MemoryTask(), settings(more));
    }

    private void restart() {
        worker.stop();
        start(Map.of());
    }

    private static Map<String, String> settings(Map<String, String> more) {
        var settings = new HashMap<>(Map.of("scan.interval.ms", "100", "topic.partitions", "2"));
        settings.putAll(more);
        return settings;
    }

    private long scans() {
        return worker.metric("scans-total");
    }

    private long now() {
        return clock.instant().toEpochMilli();
    }

    private void put(String key, int rows, int secondsLater) {
        var text = new StringBuilder("version interface-id srcaddr dstaddr start end\n");
        for (int i = 0; i < rows; i++) {
            String row = "2 eni-1 row=" + written.size() + " 10.2.0.1 1700000000 1700000060";
            written.add(row);
            text.append(row).append('\n');
        }
        byte[] bytes = text.toString().getBytes(UTF_8);
        Instant modified = clock.instant().plusSeconds(secondsLater - 200);
        store.put(key, key.endsWith(".gz") ? gzip(bytes) : bytes, modified.toEpochMilli());
    }

    private static byte[] gzip(byte[] text) {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return bytes.toByteArray();
    }

    private List<String> rows() {
        return worker.lines();
    }

    private final class MemoryTask extends FlowLogObjectTask {
        MemoryTask() {
            this(clock);
        }

        MemoryTask(InstantSource clock) {
            super(clock);
        }

        @Override
        protected ObjectStore open(Map<String, String> settings) {
            return store;
        }
    }
}
