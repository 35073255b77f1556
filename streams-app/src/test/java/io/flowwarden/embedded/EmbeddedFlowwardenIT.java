package io.flowwarden.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flowwarden.bench.Workload;
import io.flowwarden.books.AccountName;
import io.flowwarden.catalog.Catalog;
import io.flowwarden.config.Config;
import io.flowwarden.raw.RawFormat;
import io.flowwarden.raw.RawRecord;
import io.flowwarden.schemas.JudgedFlow;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EmbeddedFlowwardenIT {
    private static final int DATAGRAMS = 50;

    @Test
    void everyFlowIsJudgedAndTheBooksBalance() throws Exception {
        var workload = new Workload(1, 1_000, 3);
        var setup =
                EmbeddedSetup.of(
                        Catalog.bundled().rules(),
                        workload.estate(),
                        Config.of(Map.of(), Map.of(), Path.of("")),
                        new SimpleMeterRegistry());
        try (var flowwarden = EmbeddedFlowwarden.start(setup);
                var raw = flowwarden.rawWriter();
                var flows = flowwarden.flows();
                var rejected = flowwarden.rejected()) {
            for (int i = 0; i < DATAGRAMS; i++) {
                raw.accept(workload.next());
            }
            raw.accept(
                    new RawRecord(
                            "netflow/10.9.9.9/0",
                            RawFormat.NETFLOW,
                            1,
                            "10.9.9.9",
                            null,
                            null,
                            "broken.bin",
                            false,
                            new byte[] {0, 9, 0}));
            raw.accept(
                    new RawRecord(
                            "t", RawFormat.TICK, 1, null, null, null, null, true, new byte[0]));
            raw.flush();

            List<JudgedFlow> judged = new ArrayList<>();
            long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
            while (!flows.isFinished()) {
                assertTrue(System.nanoTime() < deadline, "no final marker: " + flowwarden.books());
                judged.addAll(flows.poll(Duration.ofMillis(100)));
            }

            assertEquals(DATAGRAMS * Workload.FLOWS, judged.size());
            var books = flowwarden.books();
            assertEquals(DATAGRAMS + 2, books.get(AccountName.of("raw")));
            assertEquals(DATAGRAMS, books.get(AccountName.of("decoded")));
            assertEquals(1, books.get(AccountName.of("ticks")));
            assertEquals(judged.size(), (long) books.get(AccountName.of("judged")));
            for (var verdict : List.of("EXPECTED", "UNEXPECTED", "PLAUSIBLE", "OUT_OF_SCOPE")) {
                assertEquals(
                        judged.stream().filter(f -> f.getVerdict().equals(verdict)).count(),
                        (long)
                                books.getOrDefault(
                                        new AccountName("verdicts", "verdict", verdict), 0L),
                        verdict);
            }
            var aside = rejected.upToNow();
            assertEquals(1, aside.size());
            assertEquals("broken.bin", aside.get(0).input());
            assertEquals("TRUNCATED", aside.get(0).reason());
        }
    }
}
