package io.flowwarden.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flowwarden.schemas.Flow;
import io.flowwarden.schemas.JudgedFlow;
import org.junit.jupiter.api.Test;

class SurveyTest {
    private final Survey survey = new Survey(rule -> null);

    private static JudgedFlow flow(int client, long bytes, String verdict) {
        String src = "10." + (client >> 16) + "." + (client >> 8 & 255) + "." + (client & 255);
        var flow =
                Flow.newBuilder()
                        .setSource("netflow/file/0")
                        .setStart(0)
                        .setEnd(0)
                        .setSrc(src)
                        .setDst("10.200.0.1")
                        .setSrcPort(40_000)
                        .setDstPort(31031)
                        .setTransport("tcp")
                        .setBytes(bytes)
                        .setOutcome("UNKNOWN")
                        .setTimeFrom("uptime")
                        .setClamped(false)
                        .build();
        return JudgedFlow.newBuilder()
                .setFlow(flow)
                .setClient(src)
                .setServer("10.200.0.1")
                .setServicePort(31031)
                .setOrientation("certain")
                .setVerdict(verdict)
                .setCandidates(0)
                .setExplanation("")
                .build();
    }

    @Test
    void aScannerCrowdsOutNoLargeConversation() {
        survey.add(flow(999_999, 1_000_000, "PLAUSIBLE"));
        for (int client = 0; client < 100_000; client++) {
            survey.add(flow(client, 60, "PLAUSIBLE"));
        }
        assertTrue(survey.forgetful());
        assertEquals(1_000_000, survey.largest(1).get(0).bytes());
    }

    @Test
    void aManyFlowSurpriseOutlastsManySingleOnes() {
        survey.add(flow(999_999, 1, "UNEXPECTED"));
        survey.add(flow(999_999, 1, "UNEXPECTED"));
        for (int client = 0; client < 100_000; client++) {
            survey.add(flow(client, 60, "UNEXPECTED"));
        }
        assertEquals(2, survey.surprises(1).get(0).flows());
        assertTrue(survey.surpriseCount() < 100_000);
    }

    @Test
    void aFewConversationsAreAllKept() {
        for (int client = 0; client < 1_000; client++) {
            survey.add(flow(client, 60, "PLAUSIBLE"));
        }
        assertFalse(survey.forgetful());
        assertEquals(1_000, survey.largest(5_000).size());
    }
}
