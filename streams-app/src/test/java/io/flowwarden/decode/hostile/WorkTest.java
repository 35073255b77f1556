package io.flowwarden.decode.hostile;

import static io.flowwarden.decode.ExportBytes.ipfix;
import static io.flowwarden.decode.ExportBytes.raw;
import static io.flowwarden.decode.ExportBytes.set;
import static io.flowwarden.decode.ExportBytes.template;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.flowwarden.decode.DecodeLimits;
import io.flowwarden.decode.DecodeReport;
import io.flowwarden.decode.Reason;
import io.flowwarden.raw.RawFormat;
import io.flowwarden.raw.RawRecord;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Datagrams and chunks of the largest size, each made to cost as much as it can. */
class WorkTest {
    private static final int LARGEST = 65_000;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** By name: a datagram that prepares the source, or null, and the one that is measured. */
    private static Map<String, byte[][]> datagrams() {
        var all = new LinkedHashMap<String, byte[][]>();
        all.put(
                "records of one byte",
                pair(ipfix(0, set(2, template(256, 4, 1))), repeat(256, new byte[LARGEST])));
        all.put("sets of nothing", pair(null, many(16_000, set(300))));
        all.put(
                "sets of a byte too few",
                pair(
                        ipfix(0, set(2, template(256, 8, 4))),
                        many(9_000, set(256, new byte[] {1, 1, 1}))));
        all.put("templates of one field, each with its record", pair(null, define(1, 1)));
        all.put(
                "templates of a thousand fields, each with its record",
                pair(null, define(1_000, 16)));
        all.put("templates without fields", pair(null, many(7_000, set(2, template(256, 0, 0)))));
        all.put("withdrawals", pair(full(), many(8_000, set(2, raw().u16(2).u16(0).get()))));
        int[] variable = new int[2 * 1_000];
        for (int f = 0; f < 1_000; f++) {
            variable[2 * f] = 82;
            variable[2 * f + 1] = 65_535;
        }
        all.put(
                "a thousand empty texts in each record",
                pair(ipfix(0, set(2, template(256, variable))), repeat(256, new byte[LARGEST])));
        byte[] names = new byte[LARGEST];
        for (int i = 0; i < names.length; i++) {
            names[i] = (byte) (i % 4 == 0 ? 3 : i * 7919 >> 8);
        }
        all.put(
                "a new name in each record",
                pair(ipfix(0, set(2, template(256, 96, 65_535))), repeat(256, names)));
        all.put(
                "option records of one byte",
                pair(
                        ipfix(0, set(3, raw().u16(256).u16(1).u16(1).u16(149).u16(1).get())),
                        repeat(256, new byte[LARGEST])));
        all.put("a name for another interface in each option record", pair(naming(), names()));
        return all;
    }

    /** Interface index as scope, interface name of two bytes. */
    private static byte[] naming() {
        return ipfix(0, set(3, raw().u16(256).u16(2).u16(1).u16(10).u16(4).u16(82).u16(2).get()));
    }

    private static byte[] names() {
        var records = raw();
        for (int i = 0; i < LARGEST / 6; i++) {
            records.u32(i).text("ab");
        }
        return ipfix(0, set(256, records.get()));
    }

    private static byte[][] pair(byte[] before, byte[] measured) {
        return new byte[][] {before, measured};
    }

    private static byte[] repeat(int id, byte[] content) {
        return ipfix(0, set(id, content));
    }

    private static byte[] many(int times, byte[] set) {
        var sets = new byte[Math.min(times, LARGEST / set.length)][];
        Arrays.fill(sets, set);
        return ipfix(0, sets);
    }

    /** Definitions of templates that differ each time, each with a set of one record. */
    private static byte[] define(int fields, int bytesOfField) {
        var out = new ArrayList<byte[]>();
        int size = 0;
        for (int n = 0; size < LARGEST - 5 * fields - 30; n++) {
            int[] each = new int[2 * fields];
            for (int f = 0; f < fields; f++) {
                each[2 * f] = 1 + (n + f) % 300;
                each[2 * f + 1] = 1;
            }
            out.add(set(2, template(256 + n % 1_000, each)));
            out.add(set(256 + n % 1_000, new byte[fields]));
            size += 12 + 5 * fields;
        }
        return ipfix(0, out.toArray(byte[][]::new));
    }

    private static byte[] full() {
        var sets = new byte[512][];
        for (int n = 0; n < sets.length; n++) {
            sets[n] = set(2, template(256 + n, 7, 2));
        }
        return ipfix(0, sets);
    }

    private static Stream<String> cases() {
        return datagrams().keySet().stream();
    }

    /** Usual ones of this size take 1 ms; 100 times that is no answer to an attack, either. */
    @ParameterizedTest
    @MethodSource("cases")
    void aDatagramOfTheLargestSizeCostsBoundedHeapAndTime(String name) {
        byte[][] both = datagrams().get(name);
        long nanos = Long.MAX_VALUE;
        long heap = Long.MAX_VALUE;
        for (int i = 0; i < 10; i++) {
            var oracle = new Oracle();
            if (both[0] != null) {
                oracle.decode(record(both[0]));
            }
            RawRecord measured = record(both[1]);
            long begun = THREADS.getCurrentThreadCpuTime();
            long before = THREADS.getCurrentThreadAllocatedBytes();
            oracle.decode(measured);
            heap = Math.min(heap, THREADS.getCurrentThreadAllocatedBytes() - before);
            nanos = Math.min(nanos, THREADS.getCurrentThreadCpuTime() - begun);
        }
        assertTrue(nanos < 100_000_000, nanos / 1_000_000 + " ms");
        assertTrue(heap < 64 * both[1].length, heap + " bytes of heap");
    }

    /** By name, beginning with its format: a chunk of a log. */
    private static Map<String, byte[]> logs() {
        var all = new LinkedHashMap<String, byte[]>();
        all.put("aws: lines of one letter", text("x\n"));
        all.put("aws: header lines", text("version srcaddr dstaddr\n"));
        all.put("aws: other headers each time", text("version srcaddr\nsrcaddr version\n"));
        all.put("aws: almost headers", text("a srcaddr\n"));
        all.put("aws: shortest rows", behind("srcaddr dstaddr\n", ":: ::\n"));
        all.put("aws: shortest of IPv4", behind("srcaddr dstaddr\n", "1.1.1.1 1.1.1.1\n"));
        all.put("aws: no addresses", behind("srcaddr dstaddr\n", ":x: 1\n"));
        all.put(
                "aws: shortest rows with texts",
                behind("srcaddr dstaddr interface-id vpc-id account-id\n", ":: :: #### a b\n"));
        all.put("aws: one line of commas", text(","));
        all.put("aws: numbers that are none", text("2 1 e 10.0.0.1 10.0.0.2 x 1 6 1 1 1 2 A OK\n"));
        for (String format : new String[] {"azure", "gcp"}) {
            all.put(format + ": empty records", text("{}"));
            all.put(format + ": nested arrays", text("["));
            all.put(format + ": open records", text("{\"a\":"));
            all.put(format + ": broken records", text("{\"a\":x}"));
            all.put(
                    format + ": broken records of some length",
                    text("{\"a\":x" + " ".repeat(25) + "}"));
            all.put(
                    format + ": records of something else",
                    text("{\"a\":1" + " ".repeat(25) + "}"));
        }
        for (String tuple :
                new String[] {"x", ",,,,,,,", "1,::,::,0,0,T,O,A", "1,x,::,0,0,T,O,A"}) {
            all.put("azure: tuples " + tuple, behind("{\"flowTuples\":[", "\"" + tuple + "\","));
        }
        all.put("azure: names", behind("{", "\"####\":\"\","));
        all.put("azure: parts", behind("{", "\"targetResourceID\":\"" + "a/".repeat(32) + "\","));
        all.put("azure: no parts", behind("{", "\"targetResourceID\":\"" + "/".repeat(32) + "\","));
        all.put("gcp: names", behind("{", "\"####\":1,"));
        all.put("gcp: payloads", text("{\"jsonPayload\":"));
        String ends = "{\"connection\":{\"src_ip\":\"::\",\"dest_ip\":\"::\",\"protocol\":";
        all.put("gcp: numbers that are none", text(ends + "\"x\"}}"));
        all.put("gcp: numbers out of range", text(ends + "1234567890123456789}}"));
        all.put("gcp: times that are none", text(ends + "1},\"start_time\":\"x\"}"));
        String time = "_time\":\"2026-01-01T00:00:00Z\"";
        all.put(
                "gcp: shortest flows",
                text(ends + "1},\"reporter\":\"SRC\",\"start" + time + ",\"end" + time + "}"));
        all.put(
                "azure: tuples of nothing",
                text("{\"properties\":{\"flows\":[{\"flows\":[{\"flowTuples\":[\"\",\"\"]}]}]}}"));
        return all;
    }

    private static byte[] text(String repeated) {
        return repeated.repeat(LARGEST / repeated.length()).getBytes(UTF_8);
    }

    /** Each #### of the repeated text is another number; what ends the last record is cut off. */
    private static byte[] behind(String first, String repeated) {
        var all = new StringBuilder(first);
        for (int n = 1_000; all.length() < LARGEST; n++) {
            all.append(repeated.replace("####", Integer.toString(n)));
        }
        if (first.startsWith("{")) {
            all.setLength(all.length() - 1);
            all.append(first.endsWith("[") ? "]}" : "}");
        }
        return all.toString().getBytes(UTF_8);
    }

    private static Stream<String> logCases() {
        return logs().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("logCases")
    void aChunkOfALogCostsBoundedHeapAndTime(String name) {
        byte[] bytes = logs().get(name);
        String format = name.substring(0, name.indexOf(':'));
        long nanos = Long.MAX_VALUE;
        long heap = Long.MAX_VALUE;
        for (int i = 0; i < 10; i++) {
            var oracle = new Oracle();
            RawRecord raw = chunk(RawFormat.valueOf(format.toUpperCase(Locale.ROOT)), bytes);
            long begun = THREADS.getCurrentThreadCpuTime();
            long before = THREADS.getCurrentThreadAllocatedBytes();
            oracle.decode(raw);
            heap = Math.min(heap, THREADS.getCurrentThreadAllocatedBytes() - before);
            nanos = Math.min(nanos, THREADS.getCurrentThreadCpuTime() - begun);
        }
        assertTrue(nanos < 100_000_000, nanos / 1_000_000 + " ms");
        assertTrue(heap < 48 * bytes.length, heap + " bytes of heap");
    }

    @Test
    void whatStandsBehindTooManyDamagedRecordsIsCountedAndNotRead() {
        String good = "{\"flowTuples\":[\"1,10.0.0.1,10.0.0.2,1,2,T,O,A\"]}";
        String bad = "{\"flowTuples\":[10.0.0.1,10.0.0.2,1,2,T,O,A]}";
        byte[] bytes = (good + bad.repeat(300) + good).getBytes(UTF_8);
        var oracle = new Oracle();
        DecodeReport report = oracle.decode(chunk(RawFormat.AZURE, bytes));
        assertEquals(1, oracle.batch.size());
        assertEquals(301, report.rejectedRows());
        assertEquals(256, report.rejectedParts(Reason.BAD_JSON));
        assertEquals(45, report.rejectedParts(Reason.RECORD_LIMIT));
    }

    @Test
    void afterTooManyLinesThatOnlyLookLikeHeadersAHeaderIsARow() {
        String rows = "srcaddr dstaddr\n10.0.0.1 10.0.0.2\n";
        byte[] few = ("a srcaddr\n".repeat(31) + rows).getBytes(UTF_8);
        assertEquals(31, new Oracle().decode(chunk(RawFormat.AWS, few)).rejectedRows());
        byte[] many = ("a srcaddr\n".repeat(32) + rows).getBytes(UTF_8);
        assertEquals(
                Reason.LOG_HEADER_UNKNOWN,
                new Oracle().decode(chunk(RawFormat.AWS, many)).rejected());
    }

    private static RawRecord chunk(RawFormat format, byte[] bytes) {
        String source = format.text() + "/x";
        return new RawRecord(source, format, 0, null, null, null, null, false, bytes);
    }

    @Test
    void aDatagramDefinesNoMoreTemplatesThanASourceMayHave() {
        byte[] datagram = datagrams().get("templates of one field, each with its record")[1];
        DecodeReport report = new Oracle().decode(record(datagram));
        assertEquals(DecodeLimits.DEFAULTS.templates(), report.templates());
        assertTrue(report.rejectedParts(Reason.TEMPLATE_LIMIT) > 1_000);
    }

    @Test
    void recordsOfADatagramAreCountedOptionsIncluded() {
        byte[][] both = datagrams().get("option records of one byte");
        var oracle = new Oracle();
        oracle.decode(record(both[0]));
        DecodeReport report = oracle.decode(record(both[1]));
        assertEquals(DecodeLimits.DEFAULTS.flowsPerDatagram(), report.optionsRecords());
        assertEquals(1, report.rejectedParts(Reason.RECORD_LIMIT));
    }

    private static RawRecord record(byte[] value) {
        return new RawRecord(
                "netflow/10.0.0.9/0",
                RawFormat.NETFLOW,
                0,
                "10.0.0.9",
                null,
                null,
                null,
                false,
                value);
    }
}
