package io.flowwarden.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flowwarden.schemas.Flow;
import io.flowwarden.schemas.JudgedFlow;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LiveScreenTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Test
    void everyNotableFlowIsALineAndEachKindIsExplainedOnce() throws IOException {
        show(FlowsPrinted.NOTABLE, false, "UNEXPECTED", "UNEXPECTED", "EXPECTED");
        List<String> lines = bytes.toString(UTF_8).lines().toList();
        assertEquals(
                "1970-01-01 00:00:05  UNEXPECTED  REVERSED  10.0.0.1 > 10.0.0.2:902/tcp",
                lines.get(0));
        assertTrue(lines.get(1).contains("because it is so"), lines.get(1));
        assertEquals(lines.get(0), lines.get(2));
        assertEquals(3, lines.size());
    }

    @Test
    void withAllOfThemWhatIsExpectedIsALineWithoutExplanation() throws IOException {
        show(FlowsPrinted.ALL, false, "EXPECTED");
        assertEquals(1, bytes.toString(UTF_8).lines().count());
    }

    @Test
    void jsonIsAnObjectForEachFlow() throws IOException {
        show(FlowsPrinted.NOTABLE, true, "UNEXPECTED", "EXPECTED", "UNEXPECTED");
        List<String> lines = bytes.toString(UTF_8).lines().toList();
        assertEquals(2, lines.size());
        assertTrue(lines.get(1).startsWith("{\"type\":\"flow\""), lines.get(1));
    }

    private void show(FlowsPrinted wanted, boolean json, String... verdicts) throws IOException {
        try (var out = new Output(bytes)) {
            var screen = new LiveScreen(out, wanted, json);
            for (String verdict : verdicts) {
                screen.judged(judged(verdict));
            }
            screen.flush();
        }
    }

    private static JudgedFlow judged(String verdict) {
        return JudgedFlow.newBuilder()
                .setFlow(
                        Flow.newBuilder()
                                .setSource("s")
                                .setStart(1_000)
                                .setEnd(5_000)
                                .setSrc("10.0.0.1")
                                .setDst("10.0.0.2")
                                .setSrcPort(50_000)
                                .setDstPort(902)
                                .setTransport("tcp")
                                .setOutcome("UNKNOWN")
                                .setTimeFrom("uptime")
                                .setClamped(false)
                                .build())
                .setClient("10.0.0.1")
                .setServer("10.0.0.2")
                .setServicePort(902)
                .setOrientation("certain")
                .setVerdict(verdict)
                .setReason(verdict.equals("UNEXPECTED") ? "REVERSED" : null)
                .setCandidates(0)
                .setExplanation("because it is so")
                .build();
    }
}
