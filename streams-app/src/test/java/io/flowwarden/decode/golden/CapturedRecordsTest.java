package io.flowwarden.decode.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** As many flows come out of every capture as its index says. */
class CapturedRecordsTest {
    /** The index counts the first of several datagrams in one file; all of them are read. */
    private static final Set<String> CONCATENATED =
            Set.of(
                    "logstash-codec-netflow/netflow-5-valid-01",
                    "logstash-codec-netflow/ipfix",
                    "graylog/netflow-v9-1");

    @TestFactory
    Stream<DynamicTest> everyCaseHasTheFlowsOfItsIndex() throws IOException {
        List<Captures.Case> cases = Captures.cases();
        return cases.stream().map(each -> DynamicTest.dynamicTest(each.name(), () -> check(each)));
    }

    private static void check(Captures.Case of) throws IOException {
        Decoded decoded = Decoded.of(of);
        assertFalse(decoded.fault, () -> "our own fault: " + decoded.complaints);
        if (of.records() == null) {
            assertFalse(decoded.complaints.isEmpty(), "a malformed input needs a reason");
        } else if (CONCATENATED.contains(of.name())) {
            assertEquals(of.records(), decoded.firstFlows, () -> decoded.complaints.toString());
        } else if (of.name().equals("tcpdump/sflow-counters-and-misdirected-v5")) {
            assertEquals(0, of.records());
            assertEquals(7, decoded.flows.size(), "of the NetFlow among it, told by content");
        } else if (of.family().equals("aws")) {
            long counted = decoded.flows.size() + decoded.nodata + decoded.skipdata;
            // A row of its three has protocol 8080.
            long wrong = of.name().equals("flowlogs-reader/parquet") ? 1 : 0;
            assertEquals(of.records() - wrong, counted, () -> decoded.complaints.toString());
            assertEquals(decoded.rows, counted + decoded.rejectedRows);
        } else {
            assertEquals(of.records(), decoded.flows.size(), () -> decoded.complaints.toString());
        }
    }
}
