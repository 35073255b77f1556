package io.flowwarden.roster;

import io.flowwarden.raw.RawFormat;

/**
 * How late records come at the least where the estate says nothing: what exporters keep a flow for,
 * and what the clouds document of themselves (design: what is absent), ms.
 */
public final class UsualDelay {
    public static final long DATAGRAMS = 90_000;
    public static final long GCP = 10 * 60_000;
    public static final long AWS_AND_AZURE = 15 * 60_000;

    private UsualDelay() {}

    public static long of(RawFormat format) {
        return switch (format) {
            case AWS, AZURE -> AWS_AND_AZURE;
            case GCP -> GCP;
            default -> DATAGRAMS;
        };
    }
}
