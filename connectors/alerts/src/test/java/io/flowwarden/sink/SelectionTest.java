package io.flowwarden.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.flowwarden.schemas.Alert;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class SelectionTest {
    private final Selection usual = new Selection(false, false);

    private static Alert changed(Consumer<Alert> change) {
        Alert alert = Alerts.open("a");
        change.accept(alert);
        return alert;
    }

    private static List<Activity> told(Selection selection, Alert... records) {
        var activities = new ArrayList<Activity>();
        for (Alert record : records) {
            Activity activity = selection.of(record);
            if (activity != null) {
                activities.add(activity);
                selection.told(record);
            }
        }
        return activities;
    }

    @Test
    void countsAreNoNewsUnlessAskedFor() {
        Alert more = changed(alert -> alert.setCount(100));
        assertEquals(
                List.of(Activity.CREATE, Activity.CLOSE),
                told(usual, Alerts.open("a"), more, Alerts.resolved("a")));
        assertEquals(
                List.of(Activity.CREATE, Activity.UPDATE, Activity.CLOSE),
                told(new Selection(false, true), Alerts.open("a"), more, Alerts.resolved("a")));
    }

    @Test
    void kindSeverityAndAcknowledgementAreNews() {
        assertEquals(
                List.of(Activity.CREATE, Activity.UPDATE, Activity.UPDATE, Activity.UPDATE),
                told(
                        usual,
                        Alerts.open("a"),
                        changed(alert -> alert.setKind("RPO_AT_RISK")),
                        changed(alert -> alert.setSeverity("warning")),
                        changed(alert -> alert.setAckedBy("ops"))));
    }

    @Test
    void childrenAreNotToldFromBeginningToEnd() {
        Alert resolved = Alerts.resolved("a");
        resolved.setCause("root");
        assertEquals(List.of(), told(usual, Alerts.child("a", "root"), resolved));
        assertEquals(
                List.of(Activity.CREATE, Activity.CLOSE),
                told(new Selection(true, false), Alerts.child("a", "root"), resolved));
    }

    @Test
    void whoHeardTheBeginningHearsTheEndThoughACauseWasFound() {
        Alert resolved = Alerts.resolved("a");
        resolved.setCause("root");
        assertEquals(
                List.of(Activity.CREATE, Activity.CLOSE),
                told(usual, Alerts.open("a"), Alerts.child("a", "root"), resolved));
    }

    @Test
    void childWhoseCauseEndedIsTold() {
        assertEquals(
                List.of(Activity.CREATE), told(usual, Alerts.child("a", "root"), Alerts.open("a")));
    }

    @Test
    void mutedIsNotToldUntilTheMuteIsLifted() {
        Alert muted = changed(alert -> alert.setMutedBy("fw-upgrade"));
        assertEquals(List.of(Activity.CREATE), told(usual, muted, muted, Alerts.open("a")));
    }
}
