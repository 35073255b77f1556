package io.flowwarden.judge;

import io.flowwarden.decode.DecodeLimits;
import io.flowwarden.net.Prefix;
import java.util.List;

/**
 * Whose datagrams are taken, and how much of them.
 *
 * @param exporters addresses that may export; none listed means all. Logs have no exporter
 * @param sources of one partition whose state is kept; beyond it goes the one not heard of longest
 */
public record Admission(List<Prefix> exporters, int sources, DecodeLimits decoding) {
    public static final int SOURCES = 10_000;

    public static final Admission DEFAULTS =
            new Admission(List.of(), SOURCES, DecodeLimits.DEFAULTS);

    public Admission {
        exporters = List.copyOf(exporters);
        if (sources < 1) {
            throw new IllegalArgumentException(sources + " sources");
        }
    }
}
