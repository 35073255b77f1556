package io.flowwarden.witness;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flowwarden.catalog.Catalog;
import io.flowwarden.classify.Classifier;
import io.flowwarden.classify.ConversationMemory;
import io.flowwarden.classify.Knowledge;
import io.flowwarden.classify.Verdicts;
import io.flowwarden.decode.DecodeReport;
import io.flowwarden.detect.Findings;
import io.flowwarden.detect.Judged;
import io.flowwarden.detect.Memory;
import io.flowwarden.estate.EstateFile;
import io.flowwarden.flow.FlowBatch;
import io.flowwarden.flow.FlowColumn;
import io.flowwarden.flow.Origin;
import io.flowwarden.flow.Transport;
import io.flowwarden.net.Address;
import io.flowwarden.raw.RawFormat;
import io.flowwarden.raw.RawRecord;
import io.flowwarden.roster.Roster;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Flows witnessed per second on one thread. Of a datagram's 24 flows two are heartbeats of members
 * picked from all of them, and time moves so that each member beats every ten seconds; the rest
 * belongs to no link.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 1, jvmArgs = "-Xmx2g")
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class WitnessBenchmark {
    private static final int BATCH = 24;
    private static final int BEATS = 2;
    private static final double EVERY = 10_000;

    private static final String ESTATE =
            """
            sites:
              - {name: paris, networks: [10.0.0.0/9]}
              - {name: lyon, networks: [10.128.0.0/9]}
            endpoints:
              - {name: esx, address: 10.0.0.0/9, roles: [esxi-host]}
              - {name: vcenter, address: 10.128.0.1, roles: [vcenter-server]}
            links:
              - {name: beats, kind: heartbeat, from: esx, to: vcenter, service: 902/udp, every: 10s, misses: 6}
            """;

    @Param({"1000", "1000000"})
    public int members;

    private final FlowBatch flows = new FlowBatch();
    private final Verdicts verdicts = new Verdicts();
    private final DecodeReport report = new DecodeReport();
    private long found;
    private final Findings findings = (key, source, at, body) -> found++;
    private Witness witness;
    private Judged judged;
    private double now = 1_795_262_400_000.0;
    private int next;

    /** Keeps what was put last, as the store's cache does. */
    private static final class Kept implements Memory {
        private final Map<String, byte[]> entries = new HashMap<>();

        @Override
        public byte[] get(String key) {
            return entries.get(key);
        }

        @Override
        public void put(String key, byte[] value) {
            entries.put(key, value);
        }

        @Override
        public void delete(String key) {
            entries.remove(key);
        }

        @Override
        public void scan(String prefix, BiConsumer<String, byte[]> each) {}
    }

    @Setup
    public void everyMemberOnce() {
        var entries =
                EstateFile.parse("estate.yaml", ESTATE.getBytes(UTF_8), Catalog.bundled())
                        .entries();
        var knowledge = Knowledge.compile(Catalog.bundled().rules(), entries, "c", "e");
        witness = new Witness(new Kept(), WitnessLimits.DEFAULTS.withMembers(2_000_000));
        flows.begin(new Origin("netflow/10.0.255.1/0", "10.0.255.1", (long) now, null));
        long[] vcenter = Address.parse("10.128.0.1");
        for (int row = 0; row < BATCH; row++) {
            flows.add(0);
            flows.setAddress(row, FlowColumn.SRC_HI, 0, Address.v4(10 << 24 | row));
            flows.setAddress(row, FlowColumn.DST_HI, vcenter[0], vcenter[1]);
            flows.set(row, FlowColumn.SRC_PORT, 50_000);
            flows.set(row, FlowColumn.DST_PORT, row < BEATS ? 902 : 443);
            flows.set(row, FlowColumn.PROTOCOL, row < BEATS ? Transport.UDP : Transport.TCP);
            flows.set(row, FlowColumn.TCP_FLAGS, 27);
            flows.set(row, FlowColumn.START, (long) now);
            flows.set(row, FlowColumn.END, (long) now);
            flows.set(row, FlowColumn.BYTES, 100);
            flows.set(row, FlowColumn.PACKETS, 1);
            flows.set(row, FlowColumn.INITIATOR, FlowColumn.INITIATOR_SRC);
        }
        new Classifier(knowledge, ConversationMemory.transientOnly()).judge(flows, verdicts);
        judged = new Judged(flows, verdicts, report, Roster.compile(entries, "e"));
        for (int i = 0; i < members; i += BEATS) {
            judge();
        }
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public long judge() {
        now += EVERY * BEATS / members;
        long at = (long) now;
        long[] clients = flows.column(FlowColumn.SRC_LO);
        long[] starts = flows.column(FlowColumn.START);
        long[] ends = flows.column(FlowColumn.END);
        for (int row = 0; row < BATCH; row++) {
            // A step that has no divisor in common with the members visits all of them.
            next = (int) ((next + 7_919L) % members);
            clients[row] = Address.v4(10 << 24 | next % 8_000_000);
            starts[row] = at;
            ends[row] = at;
            if (row >= BEATS) {
                next = (int) ((next - 7_919L % members + members) % members);
            }
        }
        report.begin();
        report.clock(at);
        var raw =
                new RawRecord(
                        "netflow/10.0.255.1/0",
                        RawFormat.NETFLOW,
                        at,
                        "10.0.255.1",
                        null,
                        null,
                        null,
                        false,
                        null);
        witness.judged(raw, judged, findings);
        return found;
    }
}
