package io.flowwarden.draft;

/**
 * How late a source may report something. It cannot miss anything sooner, so a link whose deadline
 * is shorter would never be decided by it. Reckoned as the witness of the topology does, whose
 * defaults these are (design: what is absent): the longest record and some time to send it, never
 * less than what is usual for its kind.
 */
final class Lateness {
    private static final long MINUTE = 60_000;
    private static final long MARGIN = 40_000;
    private static final long LONGEST = 1_440 * MINUTE;

    private final long usual;
    private long flows;
    private long longest;

    Lateness(String source) {
        String format = source.substring(0, Math.max(0, source.indexOf('/')));
        usual =
                switch (format) {
                    case "aws", "azure" -> 15 * MINUTE;
                    case "gcp" -> 10 * MINUTE;
                    default -> 3 * MINUTE / 2;
                };
    }

    void record(long duration) {
        flows++;
        longest = Math.max(longest, Math.min(LONGEST, duration));
    }

    long flows() {
        return flows;
    }

    /** Milliseconds. */
    long most() {
        return Math.max(usual, longest + MARGIN);
    }
}
