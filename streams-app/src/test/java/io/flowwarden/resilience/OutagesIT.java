package io.flowwarden.resilience;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flowwarden.cli.Running;
import io.flowwarden.schemas.Alert;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is out of order about ourselves raises no alert about anything else. Under load, on the
 * data's own clock: no hour is waited for.
 */
final class OutagesIT {
    private static final String APP = "outages";

    /** Flows beside, of each exporter every 20 s. */
    private static final int LOAD = 200;

    @TempDir Path folder;

    @Test
    void anHourOfDowntimeAnExporterOutAndARollingRestartAreNothingButThemselves() throws Exception {
        try (var stage = new Stage(folder);
                var raw = stage.raw()) {
            stage.prepare(APP, World.HEALTHY);
            var world = new World(raw, LOAD);
            world.backup = true;
            Running a = stage.run(APP, "a");
            Running b = stage.run(APP, "b");
            try {
                stage.awaitInstances(APP, 2, a, b);
                world.until("01:00");
                raw.flush();
                stage.awaitJudged(APP, stage.written(), a, b);

                // Nobody judges for an hour.
                assertEquals(0, a.stop(), a.said());
                assertEquals(0, b.stop(), b.said());
                long before = stage.judged(APP);
                world.until("02:00");
                raw.flush();
                assertTrue(stage.written() - before > 2_000, "nothing to catch up with");
                a = stage.run(APP, "a");
                b = stage.run(APP, "b");
                world.until("02:20");
                stage.awaitJudged(APP, before + 1, a, b);

                // An exporter is out for ten minutes.
                world.lyon2.dead(true);
                world.until("02:30");
                world.lyon2.dead(false);
                world.until("02:50");
                raw.flush();
                stage.awaitJudged(APP, stage.written(), a, b);

                // One instance after the other, while records come.
                world.until("03:10");
                assertEquals(0, a.stop(), a.said());
                world.until("03:20");
                a = stage.run(APP, "a");
                world.until("03:30");
                raw.flush();
                stage.awaitJudged(APP, stage.written(), a, b);
                world.until("03:40");
                assertEquals(0, b.stop(), b.said());
                world.until("03:50");
                b = stage.run(APP, "b");
                world.until("04:20");

                // The collector with all of them: nobody hears anything for an hour.
                world.collectorDown = true;
                world.until("05:20");
                world.collectorDown = false;
                world.until("06:00");
                world.end();
                raw.flush();

                var told = new ArrayList<String>();
                stage.alerts(APP, a, b).values().forEach(one -> told.addAll(steps(one)));
                told.sort(null);
                assertEquals(
                        List.of(
                                "COLLECTOR_LOST of collector-1 OPEN",
                                "COLLECTOR_LOST of collector-1 RESOLVED",
                                "TELEMETRY_LOST of 10.2.255.2 OPEN",
                                "TELEMETRY_LOST of 10.2.255.2 RESOLVED"),
                        told);
                assertEquals(0, a.stop(), a.said());
                assertEquals(0, b.stop(), b.said());
            } finally {
                a.close();
                b.close();
            }
        }
    }

    /** The states of an alert, each once. */
    private static List<String> steps(List<Alert> one) {
        return one.stream()
                .map(
                        alert ->
                                alert.getKind()
                                        + " of "
                                        + (alert.getSubject().getExporter() == null
                                                ? alert.getTitle()
                                                : alert.getSubject().getExporter())
                                        + " "
                                        + alert.getState())
                .distinct()
                .toList();
    }
}
