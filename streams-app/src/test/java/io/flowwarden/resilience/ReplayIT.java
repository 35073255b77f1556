package io.flowwarden.resilience;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flowwarden.schemas.Alert;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same raw topic gives the same alerts, whoever judges it and whatever happens to him: a day at
 * full speed through two instances, each killed once, and again through one that is left alone.
 */
final class ReplayIT {
    private static final Set<String> KINDS =
            Set.of(
                    "BACKUP_LATE",
                    "BACKUP_MISSED",
                    "CLOCK_SKEW",
                    "FAN_OUT",
                    "HEARTBEAT_DEGRADED",
                    "HEARTBEAT_MISSING",
                    "LINK_NEVER_SEEN",
                    "PATH_LOST",
                    "REPLICATION_BLOCKED",
                    "REPLICATION_STALLED",
                    "RPO_AT_RISK",
                    "SERVICE_BLOCKED",
                    "TELEMETRY_GAP",
                    "TELEMETRY_LOST",
                    "UNENCRYPTED_REPLICATION",
                    "UNEXPECTED_FLOW",
                    "UNKNOWN_EXPORTER");

    @TempDir Path folder;

    @Test
    void twoInstancesOfWhichOneIsKilledTellWhatOneTellsThatIsLeftAlone() throws Exception {
        try (var stage = new Stage(folder)) {
            stage.prepare("killed", Day.ESTATE);
            stage.prepare("calm", Day.ESTATE);
            SortedMap<String, List<Alert>> killed = killed(stage);
            SortedMap<String, List<Alert>> calm;
            try (var running = stage.run("calm", "only")) {
                calm = stage.alerts("calm", running);
                assertEquals(0, running.stop(), running.said());
            }
            assertEquals(steps(calm), steps(killed));
            assertEquals(new TreeSet<>(KINDS), kinds(calm));
            assertEquals(calm, killed);
        }
    }

    private SortedMap<String, List<Alert>> killed(Stage stage) throws Exception {
        try (var a = stage.run("killed", "a");
                var b = stage.run("killed", "b");
                var raw = stage.raw()) {
            stage.awaitInstances("killed", 2, a, b);
            var day = new Day(raw);
            day.until("08:30");
            raw.flush();
            stage.awaitJudged("killed", stage.written() / 3, a, b);
            a.kill();
            assertTrue(stage.judged("killed") < stage.written(), "it was done already");
            day.until("16:00");
            try (var again = stage.run("killed", "a")) {
                day.end();
                raw.flush();
                var alerts = stage.alerts("killed", again, b);
                assertEquals(0, again.stop(), again.said());
                assertEquals(0, b.stop(), b.said());
                return alerts;
            }
        }
    }

    /** The promise: which alerts, which changes of state, at which event times. */
    private static List<String> steps(SortedMap<String, List<Alert>> alerts) {
        var steps = new TreeSet<String>();
        alerts.values().forEach(one -> one.forEach(alert -> steps.add(step(alert))));
        return List.copyOf(steps);
    }

    private static String step(Alert alert) {
        return String.join(
                " ",
                alert.getKind(),
                alert.getId(),
                alert.getState(),
                "" + alert.getOpenedAt(),
                "" + alert.getResolvedAt(),
                "" + alert.getCause(),
                alert.getTitle());
    }

    private static Set<String> kinds(SortedMap<String, List<Alert>> alerts) {
        var kinds = new TreeSet<String>();
        alerts.values().forEach(one -> one.forEach(alert -> kinds.add(alert.getKind())));
        return kinds;
    }
}
