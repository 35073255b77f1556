package io.flowwarden.classify;

/** Whether client and server stand at the same site. */
enum Relation {
    SAME_SITE,
    DIFFERENT_SITES,
    /** At least one of them stands at no site that the estate names. */
    UNKNOWN;

    static Relation of(int site, int other) {
        return site < 0 || other < 0 ? UNKNOWN : site == other ? SAME_SITE : DIFFERENT_SITES;
    }
}
