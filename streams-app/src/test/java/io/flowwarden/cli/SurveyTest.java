package io.flowwarden.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flowwarden.schemas.Flow;
import io.flowwarden.schemas.JudgedFlow;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SurveyTest {
    private final Survey survey = new Survey(rule -> rule.equals("r-902") ? "backup" : null);

    @Test
    void bothDirectionsAreOneConversation() {
        survey.add(judged("10.0.0.1", "10.0.0.2", 902, 1000, 0, false));
        survey.add(judged("10.0.0.1", "10.0.0.2", 902, 50, 0, true));
        Survey.Sum sum = survey.largest(10).get(0);
        assertEquals("10.0.0.1 > 10.0.0.2:902/tcp", sum.conversation().text());
        assertEquals(1050, sum.bytes());
        assertEquals(2, sum.flows());
    }

    @Test
    void cadenceIsTheMeanBetweenRequests() {
        for (int i = 0; i < 4; i++) {
            survey.add(judged("10.0.0.1", "10.0.0.2", 902, 128, i * 10_000L, false));
        }
        assertEquals(10_000, survey.largest(1).get(0).cadence());
    }

    @Test
    void candidateRulesSuggestACategoryOnPortsThatTell() {
        JudgedFlow plausible = judged("10.0.0.1", "10.0.0.2", 902, 1000, 0, false);
        plausible.setCandidateRules(List.of("r-902"));
        survey.add(plausible);
        assertEquals(1, survey.telling("backup", 10).size());
        assertEquals(0, survey.telling("replication", 10).size());
    }

    @Test
    void sharedPortsSuggestNothingUnlessTheRolesSaySo() {
        JudgedFlow ssh = judged("10.0.0.1", "10.0.0.2", 22, 1000, 0, false);
        ssh.setCategory("migration");
        survey.add(ssh);
        assertEquals(0, survey.telling("migration", 10).size());
        ssh.setVerdict("EXPECTED");
        survey.add(ssh);
        assertEquals(1, survey.telling("migration", 10).size());
    }

    @Test
    void millionsOfConversationsAreBoundedAndTheLargeOnesStay() {
        JudgedFlow big = judged("10.0.0.1", "10.0.0.2", 31031, 1 << 30, 0, false);
        survey.add(big);
        for (int i = 0; i < 300_000; i++) {
            JudgedFlow small =
                    judged("10.1." + (i >> 8 & 255) + "." + (i & 255), "s" + i, 902, 10, 0, false);
            small.setCandidateRules(List.of("r-902"));
            survey.add(small);
        }
        assertTrue(survey.forgetful());
        assertEquals(1 << 30, survey.largest(1).get(0).bytes());
        assertEquals("10.0.0.2", survey.largest(1).get(0).conversation().server());
    }

    @Test
    void surprisesAreCountedByConversationAndReason() {
        for (String reason : List.of("UNLISTED_PEER", "UNLISTED_PEER", "REVERSED")) {
            JudgedFlow unexpected = judged("10.0.0.9", "10.0.0.2", 902, 100, 0, false);
            unexpected.setVerdict("UNEXPECTED");
            unexpected.setReason(reason);
            survey.add(unexpected);
        }
        assertEquals(2, survey.surpriseCount());
        assertEquals("UNLISTED_PEER", survey.surprises(10).get(0).reason());
        assertEquals(2, survey.surprises(10).get(0).flows());
        assertFalse(survey.forgetful());
    }

    private static JudgedFlow judged(
            String client, String server, int port, long bytes, long start, boolean reply) {
        return JudgedFlow.newBuilder()
                .setFlow(
                        Flow.newBuilder()
                                .setSource("s")
                                .setStart(start)
                                .setEnd(start + 1)
                                .setSrc(reply ? server : client)
                                .setDst(reply ? client : server)
                                .setSrcPort(reply ? port : 50_000)
                                .setDstPort(reply ? 50_000 : port)
                                .setTransport("tcp")
                                .setBytes(bytes)
                                .setOutcome("UNKNOWN")
                                .setTimeFrom("uptime")
                                .setClamped(false)
                                .build())
                .setClient(client)
                .setServer(server)
                .setServicePort(port)
                .setOrientation("likely")
                .setVerdict("PLAUSIBLE")
                .setCandidates(1)
                .setExplanation("because")
                .build();
    }
}
