package io.flowwarden;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flowwarden.bench.Workload;
import io.flowwarden.books.AccountName;
import io.flowwarden.judge.FlowsWanted;
import io.flowwarden.raw.RawFormat;
import io.flowwarden.raw.RawRecord;
import io.flowwarden.schemas.JudgedFlow;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JudgePromisesTest {
    private static final String LOG =
            "2 123456789012 eni-0a1b2c3d 10.1.0.1 10.2.0.2 50000 31031 6 10 1000 1780000000"
                    + " 1780000060 ACCEPT OK\n";

    private final Workload workload = new Workload(7, 100, 1);
    private TopologyScene scene;

    @AfterEach
    void stop() {
        if (scene != null) {
            scene.close();
        }
    }

    @Test
    void notableLeavesOutWhatIsNot() throws IOException {
        start(FlowsWanted.NOTABLE);
        for (int i = 0; i < 20; i++) {
            scene.pipe(workload.next());
        }
        List<JudgedFlow> flows = scene.flows();
        assertEquals(
                scene.ledger().sum(new AccountName("verdicts", "verdict", "UNEXPECTED")),
                flows.size());
        assertTrue(flows.size() > 0 && flows.size() < 20 * Workload.FLOWS);
        assertTrue(flows.stream().allMatch(flow -> flow.getVerdict().equals("UNEXPECTED")));
        scene.assertBalanced();
    }

    @Test
    void theFinalMarkerComesWhateverIsPublished() throws IOException {
        start(FlowsWanted.NONE);
        scene.pipe(workload.next());
        scene.pipe(tick(true));
        assertEquals(1, scene.flowRecords().size());
        assertEquals(Workload.FLOWS, scene.sum("judged"));
    }

    @Test
    void poisonOfEveryKindIsCountedAndNothingElseIsLost() throws IOException {
        start(FlowsWanted.ALL);
        var random = new Random(11);
        byte[] good = workload.next().value();
        int sent = 0;
        for (int i = 0; i < 300; i++) {
            byte[] bad = good.clone();
            for (int flips = 1 + random.nextInt(40); flips > 0; flips--) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt();
            }
            scene.pipe(raw(RawFormat.NETFLOW, null, bad));
            scene.pipe(raw(RawFormat.AWS, null, bad));
            sent += 2;
        }
        scene.pipe(raw(RawFormat.NETFLOW, null, new byte[0]));
        scene.pipeRecord(new TestRecord<>(null, good));
        scene.pipeRecord(new TestRecord<>(new byte[] {'k'}, null));
        scene.pipeRecord(
                new TestRecord<>(
                        new byte[2_000],
                        good,
                        new RecordHeaders(
                                List.of(
                                        new RecordHeader(
                                                "fw.format", "netflow".getBytes(UTF_8))))));
        sent += 4;
        assertEquals(sent, scene.sum("raw"));
        assertTrue(scene.ledger().sum(new AccountName("rejected", "reason", "BAD_HEADERS")) >= 3);
        scene.assertBalanced();

        long judged = scene.sum("judged");
        scene.pipe(new Workload(8, 100, 1).next());
        assertEquals(judged + Workload.FLOWS, scene.sum("judged"));
    }

    @Test
    void aRejectedRecordStaysSmallWhateverItsHeaders() throws IOException {
        start(FlowsWanted.ALL);
        var headers = new RecordHeaders();
        headers.add("fw.format", "x".repeat(900_000).getBytes(UTF_8));
        headers.add("foreign", new byte[900_000]);
        scene.pipeRecord(new TestRecord<>(new byte[900_000], new byte[900_000], headers));
        var record = scene.rejected().get(0);
        int size = record.key().length + record.value().length;
        for (var header : record.headers()) {
            size += header.key().length() + header.value().length;
        }
        assertTrue(size < 80 << 10, "was " + size);
    }

    @Test
    void chunkMemoryIsBoundedAndForgetsTheOldestFirst() throws IOException {
        start(FlowsWanted.NONE);
        byte[] log = LOG.getBytes(UTF_8);
        for (int i = 0; i < 600; i++) {
            scene.pipe(raw(RawFormat.AWS, "c" + i, log));
        }
        scene.pipe(raw(RawFormat.AWS, "c599", log));
        scene.pipe(raw(RawFormat.AWS, "c88", log));
        assertEquals(2, scene.sum("repeats"), "the last 512 are remembered");
        scene.pipe(raw(RawFormat.AWS, "c0", log));
        assertEquals(2, scene.sum("repeats"));
    }

    @Test
    void aMisplacedSourceIsCountedAndSetAside() throws IOException {
        scene = new TopologyScene(FlowsWanted.ALL, 12);
        scene.publish(workload.estate());
        int misplaced = 0;
        for (int i = 0; i < 24; i++) {
            byte[] value = new Workload(i, 100, 1).next().value();
            String source = "netflow/10.0.0." + i + "/0";
            scene.pipe(
                    new RawRecord(
                            source, RawFormat.NETFLOW, 1, null, null, null, null, false, value));
            if (Utils.toPositive(Utils.murmur2(source.getBytes(UTF_8))) % 12 != 0) {
                misplaced++;
            }
        }
        assertTrue(misplaced > 0 && misplaced < 24, "the seed must give both");
        assertEquals(misplaced, scene.sum("misplaced"));
        assertEquals(misplaced, scene.rejected().size());
        assertEquals((24 - misplaced) * (long) Workload.FLOWS, scene.sum("judged"));
        scene.assertBalanced();
    }

    @Test
    void aNewRevisionIsUsedFromTheNextBatchOn() throws IOException {
        start(FlowsWanted.ALL);
        scene.pipe(workload.next());
        String before = scene.flows().get(0).getEstateRevision();
        var larger = new Workload(7, 200, 1).estate();
        scene.publishEstate(larger, false);
        scene.pipe(workload.next());
        assertEquals(before, scene.flows().get(0).getEstateRevision(), "not yet complete");
        scene.publishEstate(larger, true);
        scene.pipe(workload.next());
        assertTrue(!before.equals(scene.flows().get(0).getEstateRevision()));
    }

    @Test
    void nothingIsJudgedBeforeThereIsACatalog() throws IOException {
        scene = new TopologyScene(FlowsWanted.ALL, 1);
        var failure = assertThrows(StreamsException.class, () -> scene.pipe(workload.next()));
        assertTrue(failure.toString().contains("classify"), failure.toString());
    }

    private void start(FlowsWanted wanted) throws IOException {
        scene = new TopologyScene(wanted, 1);
        scene.publish(workload.estate());
    }

    private static RawRecord tick(boolean last) {
        return new RawRecord(
                "collector", RawFormat.TICK, 1, null, null, null, null, last, new byte[0]);
    }

    private static RawRecord raw(RawFormat format, String chunk, byte[] value) {
        return new RawRecord(
                "netflow/10.7.7.7/0",
                format,
                1_780_000_000_000L,
                "10.7.7.7",
                chunk,
                null,
                null,
                false,
                value);
    }
}
