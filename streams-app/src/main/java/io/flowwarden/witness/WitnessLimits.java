package io.flowwarden.witness;

import java.time.Duration;

/**
 * What bounds the patience and the memory of the witness.
 *
 * @param silence least time in which an exporter of datagrams sends nothing before it is lost
 * @param collectorGap time without a tick after which a collector was down
 * @param doubt how long a source sends what no template describes before it is unreadable, and how
 *     long its clock must be right before it is believed again
 * @param members of links of one partition, all sources together, whose last sighting is kept; for
 *     more, those seen longest ago are forgotten
 */
public record WitnessLimits(Duration silence, Duration collectorGap, Duration doubt, int members) {
    public static final WitnessLimits DEFAULTS =
            new WitnessLimits(
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(5),
                    Duration.ofMinutes(10),
                    1_000_000);

    WitnessLimits withMembers(int most) {
        return new WitnessLimits(silence, collectorGap, doubt, most);
    }

    public WitnessLimits {
        if (silence.isNegative()
                || collectorGap.toMillis() < 1
                || doubt.isNegative()
                || members < 1) {
            throw new IllegalArgumentException(
                    silence + ", " + collectorGap + ", " + doubt + ", " + members);
        }
    }
}
