package io.flowwarden.judge;

import static io.flowwarden.decode.ExportBytes.raw;
import static io.flowwarden.decode.ExportBytes.set;
import static io.flowwarden.decode.ExportBytes.template;
import static io.flowwarden.decode.ExportBytes.v9;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flowwarden.books.AccountName;
import io.flowwarden.books.Ledger;
import io.flowwarden.decode.DecodeLimits;
import io.flowwarden.net.Prefix;
import io.flowwarden.raw.RawFormat;
import io.flowwarden.raw.RawHeaders;
import io.flowwarden.raw.RawRecord;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

/** What exporters that nobody knows can do to a task: be counted. */
class HostileSourcesTest {
    private static final byte[] PORTS = template(256, 7, 2, 11, 2);
    private static final byte[] DATA = set(256, raw().u16(1).u16(2).get());

    private final Ledger ledger = new Ledger(new SimpleMeterRegistry());
    private final MockProcessorContext<Object, Object> context = new MockProcessorContext<>();
    private KeyValueStore<String, byte[]> store;
    private DecodeProcessor processor;

    private void start(Admission admission) {
        store =
                Stores.keyValueStoreBuilder(
                                Stores.inMemoryKeyValueStore(JudgeStore.NAME),
                                Serdes.String(),
                                Serdes.ByteArray())
                        .withLoggingDisabled()
                        .build();
        store.init(context.getStateStoreContext(), store);
        context.addStateStore(store);
        context.setRecordMetadata("raw", 0, 0);
        context.setCurrentSystemTimeMs(0);
        var inputs = new Inputs(List.of(new Inputs.Input("raw", null, 1)), admission);
        processor = new DecodeProcessor(inputs, null, ledger, new SourceRegisters());
        processor.init(context);
    }

    private void send(String exporter, byte[] datagram) {
        String source = "netflow/" + (exporter == null ? "file" : exporter) + "/0";
        send(source, RawFormat.NETFLOW, exporter, datagram);
    }

    private void send(String source, RawFormat format, String exporter, byte[] value) {
        var raw = new RawRecord(source, format, 0, exporter, null, null, null, false, value);
        processor.process(
                new Record<>(
                        source.getBytes(UTF_8),
                        value,
                        0,
                        new RecordHeaders(RawHeaders.write(raw))));
        context.resetForwards();
    }

    private long sum(String counted) {
        return ledger.sum(AccountName.of(counted));
    }

    private long sum(String counted, String reason) {
        return ledger.sum(new AccountName(counted, "reason", reason));
    }

    private static String spoofed(int i) {
        return "172.16." + (i >>> 8) + "." + (i & 255);
    }

    @Test
    void tenThousandSpoofedSourcesThatFloodTemplatesFillNothingAndAKnownExporterGoesOn() {
        int most = 1_000;
        start(new Admission(List.of(), most, new DecodeLimits(16, 100, 4_096)));
        send("10.0.0.1", v9(0, set(0, PORTS)));
        byte[] flood = templates(64);
        int bytesAtTheBound = 0;
        for (int i = 0; i < 10_000; i++) {
            send(spoofed(i), flood);
            if (i % 250 == 0) {
                send("10.0.0.1", v9(0, DATA));
            }
            if (i == most) {
                bytesAtTheBound = bytesStored();
            }
        }
        assertEquals(40, sum("flows"));
        assertEquals(0, sum("skipped", "NO_TEMPLATE"));
        assertEquals(10_001 - most, sum("sources_forgotten"));
        assertTrue(bytesStored() < bytesAtTheBound * 1.1, bytesStored() + " bytes");
        assertEquals(48L * 10_000, sum("set_aside", "TEMPLATE_LIMIT"));
    }

    private static byte[] templates(int count) {
        var sets = new ArrayList<byte[]>();
        int[] fields = new int[2 * 16];
        Arrays.fill(fields, 1);
        for (int id = 256; id < 256 + count; id++) {
            sets.add(set(0, template(id, fields)));
        }
        return v9(0, sets.toArray(byte[][]::new));
    }

    private int bytesStored() {
        int bytes = 0;
        try (var all = store.all()) {
            while (all.hasNext()) {
                var entry = all.next();
                bytes += entry.key.length() + entry.value.length;
            }
        }
        return bytes;
    }

    @Test
    void everyTemplateIdOfOneSourceFillsNothing() {
        start(Admission.DEFAULTS);
        for (int id = 256; id <= 65_535; id++) {
            send("10.0.0.1", v9(0, set(0, template(id, 7, 2, 11, 2))));
        }
        int kept = DecodeLimits.DEFAULTS.templates();
        assertEquals(65_280 - kept, sum("set_aside", "TEMPLATE_LIMIT"));
        assertTrue(bytesStored() < 1 << 16, bytesStored() + " bytes");
    }

    @Test
    void redefinitionsAreCounted() {
        start(Admission.DEFAULTS);
        send("10.0.0.1", v9(0, set(0, PORTS)));
        send("10.0.0.1", v9(0, set(0, PORTS)));
        send("10.0.0.1", v9(0, set(0, template(256, 11, 2, 7, 2))));
        assertEquals(1, sum("templates_redefined"));
    }

    @Test
    void datagramsOfUnlistedExportersAreRejectedBeforeTheyAreDecoded() {
        start(
                new Admission(
                        List.of(Prefix.parse("10.0.0.0/24"), Prefix.parse("2001:db8::1")),
                        10,
                        DecodeLimits.DEFAULTS));
        send("10.0.0.1", v9(0, set(0, PORTS), DATA));
        send("2001:db8::1", v9(0, set(0, PORTS), DATA));
        assertEquals(2, sum("flows"));
        int stored = bytesStored();
        for (String unlisted :
                Arrays.asList("10.0.1.1", "2001:db8::2", "10.0.0.1".repeat(100), null)) {
            send(unlisted, v9(0, set(0, PORTS), DATA));
        }
        assertEquals(2, sum("flows"));
        assertEquals(4, sum("rejected", "UNLISTED_EXPORTER"));
        assertEquals(6, sum("raw"));
        assertEquals(2, sum("decoded"));
        assertTrue(bytesStored() < stored + 100, bytesStored() + " bytes, before " + stored);
    }

    @Test
    void logsHaveNoExporterAndNeedNotBeListed() {
        start(new Admission(List.of(Prefix.parse("10.0.0.1")), 10, DecodeLimits.DEFAULTS));
        String row =
                "2 123456789012 eni-1 10.1.0.4 10.2.0.4 40000 31031 6 10 1000 1780000000"
                        + " 1780000060 ACCEPT OK\n";
        send("aws/fl-1", RawFormat.AWS, null, row.getBytes(UTF_8));
        assertEquals(1, sum("flows"));
    }

    /** Dates before 1970 and after the year 292 million, from headers and records. */
    @Test
    void clocksOfNoMeaningReachTheBatchAsTheyAreOrAreRejected() {
        start(Admission.DEFAULTS);
        byte[] zero = v9(0, -1, 0, set(0, template(257, 22, 4, 21, 4)), set(257, new byte[8]));
        send("10.0.0.1", zero);
        byte[] far = set(0, template(258, 152, 8, 153, 8));
        send("10.0.0.1", v9(0, far, set(258, raw().u64(Long.MAX_VALUE).u64(-1).get())));
        assertEquals(2, sum("flows"));
        assertEquals(0, sum("rejected", "DECODER_FAULT"));
    }
}
