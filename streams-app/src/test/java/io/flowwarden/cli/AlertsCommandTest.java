package io.flowwarden.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.flowwarden.schemas.Alert;
import io.flowwarden.schemas.Subject;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AlertsCommandTest {
    private final Alert lastWeek = alert("aa1", "k1", 1_000, 2_000L);
    private final Alert now = alert("ab2", "k1", 9_000, null);
    private final Alert other = alert("ac3", "k2", 5_000, null);

    private static Alert alert(String id, String key, long opened, Long resolved) {
        return Alert.newBuilder()
                .setId(id)
                .setKey(key)
                .setFindingKey("link/x")
                .setClass$("heartbeat")
                .setKind("HEARTBEAT_MISSING")
                .setSeverity("critical")
                .setState(resolved == null ? "OPEN" : "RESOLVED")
                .setTitle(id)
                .setExplanation(id)
                .setSubject(Subject.newBuilder().build())
                .setWitnesses(List.of())
                .setOpenedAt(opened)
                .setResolvedAt(resolved)
                .build();
    }

    @Test
    void ofAKeyTheLatestIncidentIsMeantInWhateverOrderTheyAreRead() {
        assertEquals("ab2", AlertsCommand.find(List.of(lastWeek, other, now), "k1").getId());
        assertEquals("ab2", AlertsCommand.find(List.of(now, other, lastWeek), "k1").getId());
        assertEquals("aa1", AlertsCommand.find(List.of(now, other, lastWeek), "aa1").getId());
    }

    @Test
    void whatFitsSeveralOrNoneIsRefused() {
        var all = List.of(lastWeek, now, other);
        assertThrows(UsageFault.class, () -> AlertsCommand.find(all, "a"));
        assertThrows(UsageFault.class, () -> AlertsCommand.find(all, "b"));
        assertEquals("ac3", AlertsCommand.find(all, "ac").getId());
    }

    @Test
    void onlyAnOpenAlertIsAcknowledged() {
        var ack = new AlertsCommand.Acknowledge();
        ack.check(now);
        var refused = assertThrows(UsageFault.class, () -> ack.check(lastWeek));
        assertEquals(
                "aa1 ended at 1970-01-01T00:00:02.000Z: there is nothing to acknowledge",
                refused.getMessage());
    }
}
