package io.flowwarden.alert;

import java.time.Duration;

/**
 * How alerts behave.
 *
 * @param updateEvery an open alert that changed is written again at most this often
 * @param retention a resolved alert is deleted from the topic after this
 * @param flowHold unexpected flows wait this long before they are alerts of their own, so that a
 *     scan becomes one alert at once
 * @param flowQuiet an alert about flows resolves after this without another
 * @param fanOut more unexpected conversations of one client than this are one FAN_OUT
 * @param groupAbove more pairs of one reason, client, server endpoint and port than this share one
 *     alert
 * @param exporterPatience an exporter that a site lists and that never sent is lost after this
 */
public record AlertSettings(
        Duration updateEvery,
        Duration retention,
        Duration flowHold,
        Duration flowQuiet,
        int fanOut,
        int groupAbove,
        Duration exporterPatience) {
    public static final AlertSettings DEFAULTS =
            new AlertSettings(
                    Duration.ofMinutes(5),
                    Duration.ofDays(30),
                    Duration.ofSeconds(10),
                    Duration.ofHours(1),
                    32,
                    8,
                    Duration.ofMinutes(10));
}
