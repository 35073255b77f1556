package io.flowwarden.decode.netflow;

import static io.flowwarden.decode.ExportBytes.ipfix;
import static io.flowwarden.decode.ExportBytes.raw;
import static io.flowwarden.decode.ExportBytes.set;
import static io.flowwarden.decode.ExportBytes.template;
import static io.flowwarden.decode.ExportBytes.v9;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flowwarden.decode.DecodeReport;
import io.flowwarden.decode.ExportBytes;
import io.flowwarden.decode.Exporter;
import io.flowwarden.decode.MemoryTemplates;
import io.flowwarden.schemas.Flow;
import org.junit.jupiter.api.Test;

/** What options data change about the flows of their source. */
class OptionsTest {
    private static final String SOURCE = "netflow/10.0.0.1/0";

    private final MemoryTemplates store = new MemoryTemplates();
    private final Exporter exporter = new Exporter(store);

    /** An options template of v9 with one scope field, and one record of it. */
    private DecodeReport v9Options(int scope, int scopeLength, int[] fields, ExportBytes record) {
        var options = raw().u16(300).u16(4).u16(fields.length * 2).u16(scope).u16(scopeLength);
        for (int value : fields) {
            options.u16(value);
        }
        return exporter.send(v9(0, set(1, options.get()), set(300, record.get())));
    }

    /** An options template of IPFIX whose first field is scope, and one record of it. */
    private DecodeReport ipfixOptions(int[] fields, ExportBytes record) {
        var options = raw().u16(300).u16(fields.length / 2).u16(1);
        for (int value : fields) {
            options.u16(value);
        }
        return exporter.send(ipfix(0, set(3, options.get()), set(300, record.get())));
    }

    private Flow v9Flow(int[] fields, ExportBytes record) {
        return exporter.flow(v9(0, set(0, template(256, fields)), set(256, record.get())));
    }

    private Flow ipfixFlow(int[] fields, ExportBytes record) {
        return exporter.flow(ipfix(0, set(2, template(256, fields)), set(256, record.get())));
    }

    private static int[] fields(int... elementsAndLengths) {
        return elementsAndLengths;
    }

    @Test
    void aRateOfTheWholeExporterHoldsForEveryFlow() {
        v9Options(1, 4, fields(34, 4, 35, 1), raw().u32(1).u32(100).u8(2));
        var flow = v9Flow(fields(1, 4, 2, 4), raw().u32(60).u32(2));
        assertEquals(100L, flow.getSampling());
        assertEquals(6_000L, flow.getBytes());
        assertEquals(200L, flow.getPackets());
    }

    @Test
    void withoutAnyStatementSamplingIsNull() {
        var flow = v9Flow(fields(1, 4, 48, 2), raw().u32(60).u16(1));
        assertNull(flow.getSampling());
        assertEquals(60L, flow.getBytes());
    }

    @Test
    void aRateIsLookedUpByTheSamplerThatTheFlowNames() {
        v9Options(1, 4, fields(48, 1, 49, 1, 50, 4), raw().u32(0).u8(1).u8(2).u32(1_000));
        v9Options(1, 4, fields(48, 1, 49, 1, 50, 4), raw().u32(0).u8(2).u8(2).u32(10));
        int[] flow = fields(1, 4, 48, 2);
        assertEquals(1_000L, v9Flow(flow, raw().u32(1).u16(1)).getSampling());
        assertEquals(10L, v9Flow(flow, raw().u32(1).u16(2)).getSampling());
        assertNull(v9Flow(flow, raw().u32(1).u16(3)).getSampling());
    }

    @Test
    void aSamplerGoesBeforeItsInterfaceAndThatBeforeTheExporter() {
        v9Options(1, 4, fields(34, 4), raw().u32(0).u32(2));
        v9Options(2, 4, fields(34, 4), raw().u32(7).u32(3));
        v9Options(1, 4, fields(48, 2, 50, 4), raw().u32(0).u16(9).u32(5));
        int[] flow = fields(10, 4, 14, 4, 61, 1, 48, 2);
        assertEquals(5L, v9Flow(flow, raw().u32(7).u32(8).u8(0).u16(9)).getSampling());
        assertEquals(3L, v9Flow(flow, raw().u32(7).u32(8).u8(0).u16(0)).getSampling());
        assertEquals(3L, v9Flow(flow, raw().u32(8).u32(7).u8(1).u16(0)).getSampling());
        assertEquals(2L, v9Flow(flow, raw().u32(8).u32(7).u8(0).u16(0)).getSampling());
    }

    @Test
    void interfaceZeroOfAScopeIsTheWholeExporter() {
        v9Options(2, 4, fields(34, 4, 35, 1), raw().u32(0).u32(100).u8(1));
        assertEquals(100L, v9Flow(fields(10, 2), raw().u16(3)).getSampling());
    }

    @Test
    void everyWayOfIpfixToStateARateIsRead() {
        int[] flow = fields(1, 4);
        ipfixOptions(fields(143, 4, 305, 4, 306, 4), raw().u32(1).u32(2).u32(18));
        assertEquals(10L, ipfixFlow(flow, raw().u32(1)).getSampling());
        ipfixOptions(fields(143, 4, 305, 4), raw().u32(1).u32(500));
        assertEquals(500L, ipfixFlow(flow, raw().u32(1)).getSampling());
        ipfixOptions(fields(143, 4, 305, 4, 309, 4, 310, 4), raw().u32(1).u32(1).u32(2).u32(4_096));
        assertEquals(2_048L, ipfixFlow(flow, raw().u32(1)).getSampling());
        ipfixOptions(fields(143, 4, 311, 8), raw().u32(1).u64(Double.doubleToLongBits(0.01)));
        assertEquals(100L, ipfixFlow(flow, raw().u32(1)).getSampling());
        ipfixOptions(fields(302, 8, 305, 4), raw().u64(77).u32(64));
        assertEquals(64L, ipfixFlow(fields(302, 8), raw().u64(77)).getSampling());
    }

    @Test
    void aRateInTheRecordItselfGoesBeforeOptions() {
        v9Options(1, 4, fields(34, 4), raw().u32(0).u32(7));
        assertEquals(2_048L, v9Flow(fields(34, 4, 35, 1), raw().u32(2_048).u8(2)).getSampling());
        assertEquals(7L, v9Flow(fields(34, 4, 35, 1), raw().u32(0).u8(0)).getSampling());
        assertEquals(50L, v9Flow(fields(50, 4), raw().u32(50)).getSampling());
        assertEquals(4L, ipfixFlow(fields(305, 4, 306, 4), raw().u32(100).u32(300)).getSampling());
        assertEquals(5L, ipfixFlow(fields(309, 4, 310, 4), raw().u32(2).u32(10)).getSampling());
    }

    @Test
    void ratesOfOneDomainAreNotThoseOfAnother() {
        byte[] options = raw().u16(300).u16(4).u16(4).u16(1).u16(4).u16(34).u16(4).get();
        exporter.send(v9(1, set(1, options), set(300, raw().u32(0).u32(9).get())));
        var flow = set(256, raw().u32(1).get());
        assertNull(exporter.flow(v9(2, set(0, template(256, 1, 4)), flow)).getSampling());
        assertEquals(9L, exporter.flow(v9(1, set(0, template(256, 1, 4)), flow)).getSampling());
    }

    @Test
    void aProductBeyondTheRangeStaysAtItsEnd() {
        v9Options(1, 4, fields(34, 8), raw().u32(0).u64(1L << 40));
        assertEquals(Long.MAX_VALUE, v9Flow(fields(1, 8), raw().u64(1L << 40)).getBytes());
        assertEquals(0L, v9Flow(fields(1, 8), raw().u64(0)).getBytes());
    }

    @Test
    void namesOfOptionsStandForTheNumbersOfFlows() {
        ipfixOptions(fields(234, 4, 236, 8), raw().u32(6).text("blue").zeros(4));
        ipfixOptions(fields(10, 4, 82, 8, 83, 8), raw().u32(3).text("Te0/0/0").zeros(9));
        ipfixOptions(fields(95, 4, 96, 4), raw().u8(3).u8(0).u16(80).text("http"));
        int[] flow = fields(234, 4, 10, 4, 95, 4);
        var named = ipfixFlow(flow, raw().u32(6).u32(3).u8(3).u8(0).u16(80));
        assertEquals("blue", named.getVrf());
        assertEquals("http", named.getApp());
        assertEquals("Te0/0/0", named.getInputIfName());
        assertNull(named.getOutputIfName());
        var other = ipfixFlow(flow, raw().u32(7).u32(4).u8(3).u8(0).u16(81));
        assertEquals("7", other.getVrf());
        assertEquals("3:81", other.getApp());
        assertNull(other.getInputIfName());
    }

    @Test
    void theLongerOfBothTimeoutsIsReportedWithEveryDatagramThenOn() {
        assertEquals(0, v9Options(1, 4, fields(34, 4), raw().u32(0).u32(1)).timeout());
        assertEquals(
                1_800,
                v9Options(1, 4, fields(36, 2, 37, 2), raw().u32(0).u16(1_800).u16(15)).timeout());
        byte[] later = v9(0, set(0, template(256, 1, 4)), set(256, raw().u32(1).get()));
        assertEquals(1_800, exporter.send(later).timeout());
        assertEquals(1_800, new Exporter(store).send(later).timeout());
        assertEquals(300, ipfixOptions(fields(36, 2, 37, 2), raw().u16(60).u16(300)).timeout());
        // Of four bytes in v9 where the registry has two: no more than those can say.
        assertEquals(0xffff, v9Options(1, 4, fields(36, 4), raw().u32(0).u32(-1)).timeout());
        int puts = store.puts();
        v9Options(1, 4, fields(36, 4), raw().u32(0).u32(-1));
        assertEquals(puts, store.puts());
    }

    @Test
    void optionsSurviveARestartAndAreWrittenOnlyWhenTheyChange() {
        v9Options(1, 4, fields(34, 4, 36, 2), raw().u32(0).u32(100).u16(60));
        v9Options(2, 4, fields(82, 4), raw().u32(5).text("eth0"));
        int puts = store.puts();
        v9Options(2, 4, fields(82, 4), raw().u32(5).text("eth0"));
        assertEquals(puts, store.puts());

        var restarted = new Exporter(store);
        var flow = restarted.flow(v9(0, set(0, template(256, 1, 4)), set(256, raw().u32(1).get())));
        assertEquals(100L, flow.getSampling());
        assertEquals("eth0", restarted.batch.labels().networkInterface(5));
        assertEquals(60, TemplateCodec.read(store.get(SOURCE)).options().activeTimeout());
    }

    @Test
    void whatAnExporterMayNameIsBounded() {
        var options = new ExporterOptions();
        for (int i = 0; i < 10_000; i++) {
            options.name(ExporterOptions.INTERFACE_NAME, Integer.toString(i), "x".repeat(100));
            options.rate(ExporterOptions.SAMPLER, 0, i, 1 + i);
        }
        int kept = ExporterOptions.MOST_NAME_CHARACTERS / ExporterOptions.MOST_CHARACTERS;
        assertEquals(kept, options.names());
        assertEquals(ExporterOptions.MOST_RATES, options.rates());
        assertNull(options.networkInterface(0));
        assertEquals(10_000, options.rateOf(0, 9_999, -1));
        assertEquals(0, options.rateOf(0, 0, -1));
        assertTrue(OptionsCodec.write(options).length < 100_000);
    }
}
