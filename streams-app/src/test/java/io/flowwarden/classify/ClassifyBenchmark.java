package io.flowwarden.classify;

import io.flowwarden.catalog.Catalog;
import io.flowwarden.flow.FlowBatch;
import io.flowwarden.flow.FlowColumn;
import io.flowwarden.flow.Origin;
import io.flowwarden.net.Address;
import io.flowwarden.schemas.Endpoint;
import io.flowwarden.schemas.EstateEntry;
import io.flowwarden.schemas.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
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
 * Flows judged per second on one thread: the bundled catalog, an estate of so many prefixes, each
 * flow between two hosts picked from all of them. Half of the flows are replies, 1 in 100 has a
 * lone SYN (so the memory is asked for every other one), 1 in 100 is UNEXPECTED.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class ClassifyBenchmark {
    /** Flows of a NetFlow v9 datagram. */
    private static final int BATCH = 24;

    /** Distinct flows: more than the caches hold. */
    private static final int FLOWS = BATCH << 15;

    private static final int[] COLUMNS = {
        FlowColumn.SRC_LO,
        FlowColumn.DST_LO,
        FlowColumn.SRC_PORT,
        FlowColumn.DST_PORT,
        FlowColumn.PROTOCOL,
        FlowColumn.TCP_FLAGS
    };

    @Param({"10000", "1000000"})
    public int prefixes;

    final FlowBatch batch = new FlowBatch();
    private final Verdicts verdicts = new Verdicts();
    private final long[][] flows = new long[COLUMNS.length][FLOWS];
    private Classifier classifier;
    private int next;

    @Setup
    public void estateAndFlows() {
        var random = new Random(1);
        List<EstateEntry> estate = new ArrayList<>(prefixes + 2);
        estate.add(site("paris", "10.0.0.0/9"));
        estate.add(site("lyon", "10.128.0.0/9"));
        for (int i = 0; i < prefixes; i++) {
            String role =
                    switch (i % 20) {
                        case 0 -> "vcenter-server";
                        case 1 -> "vr-server";
                        case 2 -> "backup-proxy";
                        case 3 -> "client-pc";
                        default -> "esxi-host";
                    };
            String address = Address.text(0, host(i));
            estate.add(
                    new EstateEntry(
                            "endpoint",
                            "host-" + i,
                            new Endpoint(List.of(address), List.of(role), null, Map.of(), false)));
        }
        for (int i = 0; i < FLOWS; i++) {
            flow(i, random);
        }
        var knowledge = Knowledge.compile(Catalog.bundled().rules(), estate, "c", "e");
        classifier = new Classifier(knowledge, ConversationMemory.transientOnly());
        batch.begin(new Origin("netflow/10.0.255.1/0", null, Scene.NOON, null));
        long mask = 0;
        for (int column : COLUMNS) {
            mask |= FlowColumn.bit(column);
        }
        for (int column :
                new int[] {
                    FlowColumn.SRC_HI,
                    FlowColumn.DST_HI,
                    FlowColumn.START,
                    FlowColumn.END,
                    FlowColumn.PACKETS,
                    FlowColumn.BYTES
                }) {
            mask |= FlowColumn.bit(column);
            batch.column(column);
        }
        batch.addAll(BATCH, mask);
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public Verdicts judge() {
        for (int c = 0; c < COLUMNS.length; c++) {
            System.arraycopy(flows[c], next, batch.column(COLUMNS[c]), 0, BATCH);
        }
        next = next + BATCH < distinct() ? next + BATCH : 0;
        classifier.judge(batch, verdicts);
        return verdicts;
    }

    /** How many of the flows there are; then they come again. */
    int distinct() {
        return FLOWS;
    }

    private void flow(int i, Random random) {
        int client = 4 + random.nextInt(prefixes / 20) * 20 + random.nextInt(16);
        int role = random.nextInt(3);
        int port = new int[] {902, 31_031, 902}[role];
        int server =
                random.nextInt(prefixes / 20) * 20 + (role == 2 ? 4 + random.nextInt(16) : role);
        int protocol = role == 1 ? 6 : 17;
        if (random.nextInt(100) == 0) {
            client = 3;
            port = 31_031;
        }
        boolean reply = random.nextBoolean();
        int ephemeral = 32_768 + random.nextInt(28_000);
        flows[0][i] = host(reply ? server : client);
        flows[1][i] = host(reply ? client : server);
        flows[2][i] = reply ? port : ephemeral;
        flows[3][i] = reply ? ephemeral : port;
        flows[4][i] = protocol;
        flows[5][i] = protocol == 6 ? random.nextInt(33) == 0 && !reply ? 2 : 27 : 0;
    }

    /** 200 hosts in each /24, half of them at each site. */
    private static long host(int i) {
        int network = i / 200;
        int site = network % 2 << 23;
        return Address.v4(10 << 24 | site | network / 2 << 8 | i % 200 + 1);
    }

    private static EstateEntry site(String name, String network) {
        return new EstateEntry("site", name, new Site(List.of(network), List.of(), false));
    }
}
