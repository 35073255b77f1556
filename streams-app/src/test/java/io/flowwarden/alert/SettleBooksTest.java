package io.flowwarden.alert;

import static io.flowwarden.alert.Estates.LYON;
import static io.flowwarden.alert.Estates.PARIS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flowwarden.books.AccountName;
import io.flowwarden.books.Ledger;
import io.flowwarden.roster.Roster;
import io.flowwarden.schemas.Alert;
import io.flowwarden.schemas.Finding;
import io.flowwarden.schemas.PairState;
import io.flowwarden.schemas.SchemaSerdes;
import io.flowwarden.schemas.SourceState;
import io.flowwarden.schemas.TickClock;
import io.flowwarden.schemas.registry.InProcessRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

/**
 * findings = opened + updated + resolved + muted + absorbed, whatever comes and in what strides.
 */
class SettleBooksTest {
    private static final List<String> EFFECTS =
            List.of("opened", "updated", "resolved", "muted", "absorbed");
    private static final int RAW_PARTITIONS = 2;

    private final Ledger ledger = new Ledger(new SimpleMeterRegistry());
    private final MockProcessorContext<byte[], byte[]> context = new MockProcessorContext<>();
    private final Roster roster = Roster.compile(estate(), "rev");
    private SchemaSerdes serdes;
    private SettleProcessor processor;

    private static List<io.flowwarden.schemas.EstateEntry> estate() {
        var estate = new ArrayList<>(Estates.twoSites());
        estate.add(Estates.quiet("across", "02:00", "04:00"));
        return estate;
    }

    @Test
    void theBooksOfFindingsAndOfAlertsBalanceOverRandomDays() throws IOException {
        try (var registry = InProcessRegistry.start()) {
            serdes =
                    new SchemaSerdes(
                            Map.of(
                                    "schema.registry.url",
                                    registry.url(),
                                    "auto.register.schemas",
                                    "true"));
            KeyValueStore<String, byte[]> store =
                    Stores.keyValueStoreBuilder(
                                    Stores.inMemoryKeyValueStore(SettleStore.NAME),
                                    Serdes.String(),
                                    Serdes.ByteArray())
                            .withLoggingDisabled()
                            .build();
            store.init(context.getStateStoreContext(), store);
            context.addStateStore(store);
            context.setCurrentSystemTimeMs(0);
            context.setRecordMetadata("findings", 0, 0);
            List<Finding> findings = randomDay(new Random(7));
            settle(findings, new Random(8));
            balance(findings);
        }
    }

    private void balance(List<Finding> findings) {
        long counted =
                findings.stream()
                        .map(Finding::getBody)
                        .filter(b -> !(b instanceof SourceState) && !(b instanceof PairState))
                        .count();
        assertEquals(counted, sum(AccountName.of("findings")));
        long settled = 0;
        for (String effect : EFFECTS) {
            long one = sum(new AccountName("findings_settled", "effect", effect));
            assertTrue(one > 0, "nothing was " + effect);
            settled += one;
        }
        assertEquals(counted, settled);

        var states = new HashMap<String, String>();
        var alerts = serdes.values(Alert.class).deserializer();
        long opened = 0;
        long resolved = 0;
        for (var forwarded : context.forwarded()) {
            byte[] value = forwarded.record().value();
            if (value == null || value.length == 0) {
                continue;
            }
            Alert alert = alerts.deserialize("alerts", value);
            String before = states.put(alert.getId(), alert.getState());
            // What opens again within its hour, or at the same event time, is the same alert.
            opened += alert.getState().equals("OPEN") && !"OPEN".equals(before) ? 1 : 0;
            resolved += alert.getState().equals("RESOLVED") ? 1 : 0;
        }
        assertEquals(opened, sumByKind("alerts_opened"));
        assertEquals(resolved, sumByKind("alerts_resolved"));
        assertEquals(
                opened - resolved,
                states.values().stream().filter(state -> state.equals("OPEN")).count());
        assertTrue(resolved > 20, "only " + resolved);
    }

    private long sum(AccountName name) {
        return ledger.sum(name);
    }

    private long sumByKind(String counted) {
        long sum = 0;
        for (Kind kind : Kind.values()) {
            sum += sum(new AccountName(counted, "kind", kind.name()));
        }
        return sum;
    }

    /** Raw partitions one behind the other, each in order, with a kill now and then. */
    private void settle(List<Finding> findings, Random random) {
        start();
        int[] next = new int[RAW_PARTITIONS];
        boolean more = true;
        while (more) {
            int partition = random.nextInt(RAW_PARTITIONS);
            int most = random.nextInt(40);
            long tick = 0;
            for (; most > 0 && next[partition] < findings.size(); next[partition]++) {
                Finding finding = findings.get(next[partition]);
                if (finding.getRawPartition() == partition) {
                    give(finding);
                    most--;
                }
                tick = finding.getArrival();
            }
            give(clock(partition, tick, false));
            if (random.nextInt(10) == 0) {
                start();
            }
            more = next[0] < findings.size() || next[1] < findings.size();
        }
        give(clock(0, 0, true));
        give(clock(1, 0, true));
    }

    private void start() {
        processor =
                new SettleProcessor(
                        new Settle(
                                "findings", "actions", "alerts", 1, AlertSettings.DEFAULTS, serdes),
                        () -> roster,
                        ledger);
        processor.init(context);
    }

    private void give(Finding finding) {
        byte[] value = serdes.values(Finding.class).serializer().serialize("findings", finding);
        processor.process(new Record<>(new byte[0], value, 0));
    }

    private static Finding clock(int partition, long tick, boolean last) {
        return new Finding(
                tick, partition, 0L, 0, "", tick, null, null, new TickClock(RAW_PARTITIONS, last));
    }

    private List<Finding> randomDay(Random random) {
        var day = new SettleTimeline(estate());
        day.at("00:01").source(PARIS, "10.1.255.1").source(LYON, "10.2.255.1");
        for (int i = 0; i < 1000; i++) {
            day.at("%02d:%02d:%02d".formatted(1 + i / 60, i % 60, random.nextInt(60)));
            happens(day, random);
        }
        var findings = new ArrayList<Finding>();
        for (Finding finding : day.given) {
            Finding one = Finding.newBuilder(finding).build();
            one.setRawPartition(one.getSource().equals(LYON) ? 1 : 0);
            one.setRawOffset(findings.size());
            findings.add(one);
        }
        return findings;
    }

    private static void happens(SettleTimeline day, Random random) {
        String host = "10.1.10." + (11 + random.nextInt(3));
        String source = random.nextBoolean() ? PARIS : LYON;
        String exporter = source.equals(PARIS) ? "10.1.255.1" : "10.2.255.1";
        String vr = "10.2.20.5";
        String link = random.nextBoolean() ? "beats" : "across";
        String server = link.equals("beats") ? "10.1.20.2" : "10.2.20.2";
        switch (random.nextInt(14)) {
            case 0, 1 -> day.sees(source, link, host, server);
            case 2 -> day.lost(source, link, host, server, "00:30");
            case 3 -> day.silent(source, exporter);
            case 4 -> day.alive(source, exporter);
            case 5 -> day.blocked(source, "dr", host, vr, "UNANSWERED");
            case 6 -> day.attempt(source, "dr", host, vr, "CLEAR", "PAYLOAD");
            case 7 -> day.attempt(source, null, host, "10.1.1.1", "BLOCKED", "REFUSED");
            case 8 -> day.attempt(source, null, host, "10.1.1.1", "CLEAR", "PAYLOAD");
            case 9 -> day.beats(source, random.nextBoolean() ? "LOW" : "WELL", host, "00:30", "x");
            case 10 ->
                    day.pair(
                            source,
                            "paris",
                            "lyon",
                            random.nextBoolean() ? "LOST" : "SEES",
                            "00:30");
            case 11 -> day.forgets(source, link, host, server);
            case 12 ->
                    day.telemetry(
                            "CLOCK_SKEW",
                            random.nextBoolean() ? "OPEN" : "CLEAR",
                            source,
                            exporter);
            default -> day.unexpected(host, "10.9.0." + random.nextInt(60), 22, "FOREIGN_SERVER");
        }
    }
}
