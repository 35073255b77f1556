package io.flowwarden.decode.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flowwarden.schemas.Flow;
import java.io.IOException;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Goldens of Azure logs state sums over all tuples, and how many were denied. */
class CloudSumsTest {
    @TestFactory
    Stream<DynamicTest> sumsAgree() throws IOException {
        return Captures.cases().stream()
                .filter(each -> each.family().equals("azure"))
                .map(each -> DynamicTest.dynamicTest(each.name(), () -> check(each)));
    }

    /** Without this, an index that names no Azure log would pass. */
    @Test
    void sumsAreStated() throws IOException {
        int stated = 0;
        for (Captures.Case each : Captures.cases()) {
            boolean azure = each.family().equals("azure");
            stated += azure && expected(each).containsKey("sum_bytes_sent") ? 1 : 0;
        }
        assertTrue(stated >= 6, stated + " logs with sums");
    }

    private static Map<String, Object> expected(Captures.Case of) throws IOException {
        return Json.object(Json.object(Json.read(of.golden())).get("expect"));
    }

    private static void check(Captures.Case of) throws IOException {
        Map<String, Object> expected = expected(of);
        Decoded decoded = Decoded.of(of);
        if (!expected.containsKey("sum_bytes_sent")) {
            return;
        }
        assertEquals(expected.get("sum_packets_sent"), sum(decoded, Flow::getPackets));
        assertEquals(expected.get("sum_bytes_sent"), sum(decoded, Flow::getBytes));
        assertEquals(expected.get("sum_packets_recv"), sum(decoded, Flow::getReversePackets));
        assertEquals(expected.get("sum_bytes_recv"), sum(decoded, Flow::getReverseBytes));
        Map<String, Object> decisions = Json.object(expected.get("by_decision"));
        Map<String, Object> states = Json.object(expected.get("by_state"));
        Object denied = decisions.getOrDefault("D", states.getOrDefault("D", 0L));
        assertEquals(
                denied,
                decoded.flows.stream().filter(f -> f.getOutcome().equals("REJECTED")).count());
    }

    private static long sum(Decoded decoded, Function<Flow, Long> of) {
        return decoded.flows.stream()
                .map(of)
                .filter(value -> value != null)
                .mapToLong(value -> value)
                .sum();
    }
}
