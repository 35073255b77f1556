package io.flowwarden.witness;

import java.time.Duration;

/**
 * What bounds the patience and the memory of the witness.
 *
 * @param silence least time in which an exporter of datagrams sends nothing before it is lost
 * @param collectorGap time without a tick after which a collector was down
 * @param members of links of one partition, all sources together, whose last sighting is kept; for
 *     more, those seen longest ago are forgotten
 */
public record WitnessLimits(Duration silence, Duration collectorGap, int members) {
    public static final WitnessLimits DEFAULTS =
            new WitnessLimits(Duration.ofSeconds(60), Duration.ofSeconds(5), 1_000_000);

    public WitnessLimits {
        if (silence.isNegative() || collectorGap.toMillis() < 1 || members < 1) {
            throw new IllegalArgumentException(silence + ", " + collectorGap + ", " + members);
        }
    }
}
