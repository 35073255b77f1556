package io.flowwarden.decode.golden;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flowwarden.schemas.Flow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every record that another project's golden states is among the flows, field by field. */
class GoldenFlowsTest {
    @TestFactory
    Stream<DynamicTest> flowsAgreeWithTheGolden() throws IOException {
        return Captures.cases().stream()
                .filter(each -> each.golden() != null && each.records() != null)
                .filter(each -> !each.name().equals(BUFFERED))
                .map(each -> DynamicTest.dynamicTest(each.name(), () -> check(each)));
    }

    /** Without this, a golden reader that finds nothing would pass. */
    @Test
    void goldensAreNotEmpty() throws IOException {
        int records = 0;
        int cases = 0;
        for (Captures.Case each : Captures.cases()) {
            if (each.golden() != null) {
                int found = expected(each).size();
                records += found;
                cases += found > 0 ? 1 : 0;
            }
        }
        assertTrue(cases >= 65 && records >= 1_000, cases + " cases, " + records + " records");
    }

    private static List<Map<String, Object>> expected(Captures.Case of) throws IOException {
        return Goldens.of(of.golden().getParent()).stream()
                .map(GoldenFields::of)
                .filter(each -> !each.isEmpty())
                .filter(each -> !isRejected(each))
                .map(each -> of.family().equals("sflow") ? ofOnePacket(each) : each)
                .toList();
    }

    /** The Parquet log has a row of protocol 8080. */
    private static boolean isRejected(Map<String, Object> golden) {
        return golden.get("protocol") instanceof Long protocol && protocol > 255;
    }

    /** Bytes of others are those of IP, ours of the frame; many packets are the sample's pool. */
    private static Map<String, Object> ofOnePacket(Map<String, Object> golden) {
        var counted = new LinkedHashMap<>(golden);
        counted.remove("bytes");
        if (!Long.valueOf(1).equals(golden.get("packets"))) {
            counted.remove("packets");
        }
        return counted;
    }

    /** The record that the project checks is in data that precede their template. */
    private static final String BUFFERED = "graylog/fortigate-300d-netflow9";

    private static void check(Captures.Case of) throws IOException {
        Decoded decoded = Decoded.of(of);
        var unused = new ArrayList<>(decoded.flows);
        for (Map<String, Object> golden : expected(of)) {
            var match = unused.stream().filter(flow -> agrees(flow, golden)).findFirst();
            // A record that a golden states twice (as a fact and as an event) is one flow.
            var again = decoded.flows.stream().filter(flow -> agrees(flow, golden)).findFirst();
            assertTrue(again.isPresent(), () -> nearest(decoded.flows, golden));
            match.ifPresent(unused::remove);
        }
    }

    private static boolean agrees(Flow flow, Map<String, Object> golden) {
        return golden.entrySet().stream()
                .allMatch(e -> sampled(flow, e).equals(plain(flow.get(e.getKey()))));
    }

    /** Other projects leave the multiplying to their users. */
    private static Object sampled(Flow flow, Map.Entry<String, Object> golden) {
        return switch (golden.getKey()) {
            case "bytes", "packets", "reverse_bytes", "reverse_packets" ->
                    flow.getSampling() == null
                            ? golden.getValue()
                            : (Object) ((Long) golden.getValue() * flow.getSampling());
            default -> golden.getValue();
        };
    }

    private static String nearest(List<Flow> flows, Map<String, Object> golden) {
        long best = -1;
        Flow nearest = null;
        for (Flow flow : flows) {
            long same =
                    golden.entrySet().stream()
                            .filter(e -> sampled(flow, e).equals(plain(flow.get(e.getKey()))))
                            .count();
            if (same > best) {
                best = same;
                nearest = flow;
            }
        }
        return "golden " + golden + "\nnearest of " + flows.size() + ": " + nearest;
    }

    private static Object plain(Object value) {
        if (value instanceof Integer) {
            return ((Integer) value).longValue();
        }
        return value instanceof CharSequence ? value.toString() : value;
    }
}
