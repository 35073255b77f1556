package io.flowwarden.decode.hostile;

import static io.flowwarden.decode.ExportBytes.ipfix;
import static io.flowwarden.decode.ExportBytes.raw;
import static io.flowwarden.decode.ExportBytes.set;
import static io.flowwarden.decode.ExportBytes.template;
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
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Datagrams of the largest size, each made to cost as much as it can. */
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
