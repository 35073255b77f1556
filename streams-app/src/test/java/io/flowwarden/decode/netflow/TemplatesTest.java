package io.flowwarden.decode.netflow;

import static io.flowwarden.decode.ExportBytes.ipfix;
import static io.flowwarden.decode.ExportBytes.raw;
import static io.flowwarden.decode.ExportBytes.set;
import static io.flowwarden.decode.ExportBytes.template;
import static io.flowwarden.decode.ExportBytes.v9;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flowwarden.decode.DecodeLimits;
import io.flowwarden.decode.DecodeReport;
import io.flowwarden.decode.Exporter;
import io.flowwarden.decode.MemoryTemplates;
import io.flowwarden.decode.Reason;
import io.flowwarden.flow.FlowColumn;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What a source's templates mean over time: order, redefinition, withdrawal, limits, restarts. */
class TemplatesTest {
    private static final byte[] PORT = template(256, 7, 2, 11, 2);
    private static final byte[] PORT_REVERSED = template(256, 11, 2, 7, 2);
    private static final byte[] DATA = set(256, raw().u16(1).u16(2).get());

    private final Exporter exporter = new Exporter();

    @Test
    void dataBeforeItsTemplateIsSkippedAndCounted() {
        DecodeReport report = exporter.send(v9(0, DATA));
        assertEquals(0, exporter.batch.size());
        assertNull(report.rejected());
        assertEquals(1, report.skippedSets());
        assertEquals(4, report.skippedBytes());

        assertEquals(1, exporter.flow(v9(0, set(0, PORT), DATA)).getSrcPort());
    }

    @Test
    void theLastDefinitionWins() {
        exporter.send(v9(0, set(0, PORT)));
        assertEquals(1, exporter.flow(v9(0, DATA)).getSrcPort());
        exporter.send(v9(0, set(0, PORT_REVERSED)));
        assertEquals(2, exporter.flow(v9(0, DATA)).getSrcPort());
    }

    @Test
    void aRedefinitionInTheSameDatagramHoldsFromThereOn() {
        var flows = exporter.flows(v9(0, set(0, PORT), DATA, set(0, PORT_REVERSED), DATA));
        assertEquals(1, flows.get(0).getSrcPort());
        assertEquals(2, flows.get(1).getSrcPort());
        assertEquals(1, exporter.templates.puts());
    }

    @Test
    void theSameTemplateAgainIsNotStoredAgain() {
        assertEquals(1, exporter.send(v9(0, set(0, PORT))).templatesChanged());
        assertEquals(1, exporter.templates.puts());
        DecodeReport again = exporter.send(v9(0, set(0, PORT), DATA));
        assertEquals(1, again.templates());
        assertEquals(0, again.templatesChanged());
        assertEquals(1, exporter.templates.puts());
    }

    @Test
    void domainsOfOneExporterDoNotShareTemplates() {
        exporter.send("netflow/10.0.0.1/1", v9(1, set(0, PORT)));
        exporter.send("netflow/10.0.0.1/2", v9(2, set(0, PORT_REVERSED)));
        exporter.send("netflow/10.0.0.1/1", v9(1, DATA));
        assertEquals(1, exporter.batch.get(0, FlowColumn.SRC_PORT));
        exporter.send("netflow/10.0.0.1/2", v9(2, DATA));
        assertEquals(2, exporter.batch.get(0, FlowColumn.SRC_PORT));
    }

    @Test
    void domainsUnderOneKeyDoNotShareTemplatesEither() {
        exporter.send(v9(1, set(0, PORT)));
        assertEquals(1, exporter.send(v9(2, DATA)).skippedSets());
    }

    @Test
    void v9AndIpfixOfOneExporterDoNotShareTemplates() {
        exporter.send(v9(0, set(0, PORT)));
        assertEquals(1, exporter.send(ipfix(0, DATA)).skippedSets());
    }

    @Test
    void aWithdrawalTouchesTheTemplateItNames() {
        exporter.send(ipfix(0, set(2, PORT, template(257, 7, 2, 11, 2))));
        DecodeReport report = exporter.send(ipfix(0, set(2, raw().u16(256).u16(0).get())));
        assertEquals(1, report.withdrawals());
        assertEquals(1, exporter.send(ipfix(0, DATA)).skippedSets());
        exporter.send(ipfix(0, set(257, raw().u16(1).u16(2).get())));
        assertEquals(1, exporter.batch.size());
    }

    @Test
    void allTemplatesOfAKindAreWithdrawnByTheIdOfTheSet() {
        byte[] options = raw().u16(300).u16(2).u16(1).u16(149).u16(4).u16(41).u16(8).get();
        exporter.send(ipfix(0, set(2, PORT), set(3, options)));
        exporter.send(ipfix(0, set(2, raw().u16(2).u16(0).get())));
        assertEquals(1, exporter.send(ipfix(0, DATA)).skippedSets());
        byte[] optionsData = set(300, raw().u32(0).u64(7).get());
        assertEquals(1, exporter.send(ipfix(0, optionsData)).optionsRecords());
        exporter.send(ipfix(0, set(3, raw().u16(3).u16(0).get())));
        assertEquals(1, exporter.send(ipfix(0, optionsData)).skippedSets());
    }

    @Test
    void withdrawingWhatWasNeverDefinedIsNoFault() {
        DecodeReport report = exporter.send(ipfix(0, set(2, raw().u16(256).u16(0).get())));
        assertNull(report.rejected());
        assertEquals(0, report.rejectedParts());
        assertEquals(0, exporter.templates.puts());
    }

    @Test
    void optionsDataAreNeverFlows() {
        byte[] options = raw().u16(256).u16(4).u16(4).u16(1).u16(4).u16(34).u16(4).get();
        DecodeReport report =
                exporter.send(v9(0, set(1, options), set(256, raw().u32(0).u32(100).get())));
        assertEquals(0, exporter.batch.size());
        assertEquals(1, report.optionsRecords());
        assertEquals(1, report.templates());
    }

    @Test
    void aNewDecoderOnTheSameStoreDecodesAtOnce() {
        var store = new MemoryTemplates();
        new Exporter(store).send(ipfix(3, set(2, template(256, 7, 2, 11, 2, 96, 65_535))));
        byte[] data = set(256, raw().u16(1).u16(2).u8(3).text("ssh").get());
        var flow = new Exporter(store).flow(ipfix(3, data));
        assertEquals(2, flow.getDstPort());
        assertEquals("ssh", flow.getApp());
    }

    @Test
    void forgettingGoesBackToWhatTheStoreHas() {
        exporter.send(v9(0, set(0, PORT)));
        byte[] committed = exporter.templates.get("netflow/10.0.0.1/0");
        exporter.send(v9(0, set(0, PORT_REVERSED)));
        // The transaction of the second is aborted.
        exporter.templates.put("netflow/10.0.0.1/0", committed);
        exporter.forget();
        assertEquals(1, exporter.flow(v9(0, DATA)).getSrcPort());
    }

    @Test
    void unreadableStateIsReportedAndTreatedAsNone() {
        exporter.send(v9(0, set(0, PORT)));
        byte[] good = exporter.templates.get("netflow/10.0.0.1/0");
        for (int length = 0; length < good.length; length++) {
            var store = new MemoryTemplates();
            store.put("netflow/10.0.0.1/0", Arrays.copyOf(good, length));
            var broken = new Exporter(store);
            DecodeReport report = broken.send(v9(0, DATA));
            assertEquals(1, report.skippedSets());
            assertEquals(Reason.BAD_STATE, report.parts().get(0).reason());
            assertEquals(1, broken.flows(v9(0, set(0, PORT), DATA)).size());
        }
    }

    @Test
    void stateSurvivesWritingAndReading() {
        exporter.send(
                ipfix(9, set(2, PORT, raw().u16(257).u16(1).u16(0x8001).u16(4).u32(29_305).get())));
        byte[] options = raw().u16(300).u16(2).u16(1).u16(149).u16(4).u16(160).u16(8).get();
        exporter.send(ipfix(9, set(3, options), set(300, raw().u32(0).u64(77).get())));
        byte[] stored = exporter.templates.get("netflow/10.0.0.1/0");
        SourceTemplates read = TemplateCodec.read(stored);
        assertEquals(3, read.size());
        assertEquals(77, read.systemInit());
        assertArrayEquals(stored, TemplateCodec.write(read));
    }

    @Test
    void aRedefinitionIsCountedAndARepetitionIsNot() {
        assertEquals(0, exporter.send(v9(0, set(0, PORT))).templatesRedefined());
        assertEquals(0, exporter.send(v9(0, set(0, PORT))).templatesRedefined());
        assertEquals(1, exporter.send(v9(0, set(0, PORT_REVERSED))).templatesRedefined());
        assertEquals(0, exporter.send(v9(1, set(0, PORT))).templatesRedefined());
    }

    @Test
    void domainsInTurnInOneFileKeepTheirOwnTemplates() {
        exporter.send(v9(1, set(0, PORT)));
        exporter.send(v9(2, set(0, PORT_REVERSED)));
        for (int i = 0; i < 3; i++) {
            assertEquals(1, exporter.flow(v9(1, DATA)).getSrcPort());
            assertEquals(2, exporter.flow(v9(2, DATA)).getSrcPort());
        }
    }

    /**
     * Exporters restart, networks reorder, counters wrap: none of it says anything of templates.
     */
    @Test
    void whateverTheSequenceNumberDoesTemplatesStay() {
        exporter.send(v9(0, set(0, PORT)));
        exporter.send(ipfix(0, set(2, PORT)));
        for (long number : new long[] {8, 6, 4_294_967_295L, 0, 1 << 30, 7}) {
            assertEquals(1, exporter.flow(numbered(v9(0, DATA), 12, number)).getSrcPort());
            assertEquals(1, exporter.flow(numbered(ipfix(0, DATA), 8, number)).getSrcPort());
        }
    }

    private static byte[] numbered(byte[] datagram, int at, long number) {
        ByteBuffer.wrap(datagram).putInt(at, (int) number);
        return datagram;
    }

    @Test
    void dataWithoutTemplatesIsNotKept() {
        for (int id = 256; id < 20_000; id++) {
            exporter.send(v9(0, set(id, new byte[1_000])));
        }
        assertEquals(0, exporter.templates.puts());
    }

    /** A changelog record that the broker refuses would be tried again for ever. */
    @Test
    void theLargestStateThatLimitsAllowFitsAMessage() {
        var limits = new DecodeLimits(DecodeLimits.MOST_TEMPLATES, 65_535, 65_535);
        var templates = new MemoryTemplates();
        var most = new Exporter(templates, limits);
        var fields = raw();
        for (int f = 0; f < 16; f++) {
            fields.u16(0x8001).u16(1).u32(1 + f);
        }
        for (int id = 256; id < 256 + 2 * DecodeLimits.MOST_TEMPLATES; id += 400) {
            var sets = new ArrayList<byte[]>();
            for (int each = id; each < id + 400; each++) {
                sets.add(set(2, raw().u16(each).u16(16).bytes(fields.get()).get()));
            }
            most.send(ipfix(0, sets.toArray(byte[][]::new)));
        }
        byte[] naming = raw().u16(9_999).u16(2).u16(1).u16(10).u16(4).u16(82).u16(48).get();
        byte[] sampling = raw().u16(9_998).u16(2).u16(1).u16(302).u16(8).u16(34).u16(4).get();
        most.send(ipfix(0, set(3, naming, sampling)));
        for (int i = 0; i < 5_000; i++) {
            byte[] name = raw().u32(-i).text("\u20ac".repeat(16)).get();
            byte[] rate = raw().u64(-i).u32(100 + i).get();
            most.send(ipfix(0, set(9_999, name), set(9_998, rate)));
        }
        int stored = templates.get("netflow/10.0.0.1/0").length;
        assertTrue(stored > 700_000 && stored < 1_000_000, stored + " bytes");
    }

    @Test
    void tooManyTemplatesPushOutTheOldest() {
        exporter.send(ipfix(0, set(2, PORT)));
        int kept = DecodeLimits.DEFAULTS.templates();
        DecodeReport report = null;
        for (int id = 257; id < 257 + kept; id++) {
            report = exporter.send(ipfix(0, set(2, template(id, 7, 2))));
        }
        assertEquals(Reason.TEMPLATE_LIMIT, report.parts().get(0).reason());
        assertEquals(1, exporter.send(ipfix(0, DATA)).skippedSets());
        assertEquals(kept, TemplateCodec.read(exporter.templates.get("netflow/10.0.0.1/0")).size());
    }

    @Test
    void aFloodOfTemplatesKeepsTheStoredStateSmall() {
        int[] fields = new int[2 * 500];
        Arrays.fill(fields, 2);
        for (int id = 256; id < 2_000; id++) {
            exporter.send(v9(0, set(0, template(id, fields))));
        }
        assertTrue(exporter.templates.get("netflow/10.0.0.1/0").length < 1 << 16);
    }
}
