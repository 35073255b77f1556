package io.flowwarden.config;

import io.flowwarden.alert.AlertSettings;
import java.time.Duration;

/** When what was found becomes an alert, and how long it stays one. */
public record Alerting(
        @Key(
                        name = "alert.update-every",
                        byDefault = "5m",
                        doc =
                                "An open alert that changed only in its counts is written again at most this often.")
                Duration updateEvery,
        @Key(
                        name = "alert.retention",
                        byDefault = "30d",
                        doc = "A resolved alert is deleted from the topic after this.")
                Duration retention,
        @Key(
                        name = "alert.flow-hold",
                        byDefault = "10s",
                        doc =
                                "Unexpected flows wait this long before they are alerts of their own, so that"
                                        + " a scan is one alert at once.")
                Duration flowHold,
        @Key(
                        name = "alert.flow-quiet",
                        byDefault = "1h",
                        doc =
                                "An alert about flows resolves after this without another. What goes on is"
                                        + " told every 5 min, so 10m is the least.")
                Duration flowQuiet,
        @Key(
                        name = "alert.fan-out",
                        byDefault = "32",
                        doc =
                                "More unexpected conversations of one client than this are one FAN_OUT;"
                                        + " more than 64 always are.")
                int fanOut,
        @Key(
                        name = "alert.group-above",
                        byDefault = "8",
                        doc =
                                "More pairs than this of one reason, client, server endpoint and port share"
                                        + " one alert.")
                int groupAbove,
        @Key(
                        name = "alert.exporter-patience",
                        byDefault = "10m",
                        doc =
                                "An exporter that a site lists and that never sent is lost after this.")
                Duration exporterPatience) {
    public static final Alerting DEFAULTS = of(AlertSettings.DEFAULTS);

    private static Alerting of(AlertSettings settings) {
        return new Alerting(
                settings.updateEvery(),
                settings.retention(),
                settings.flowHold(),
                settings.flowQuiet(),
                settings.fanOut(),
                settings.groupAbove(),
                settings.exporterPatience());
    }

    /** What settles findings goes by. */
    public AlertSettings settings() {
        return new AlertSettings(
                updateEvery, retention, flowHold, flowQuiet, fanOut, groupAbove, exporterPatience);
    }
}
