package io.flowwarden.classify;

/** Whether client and server stand at the same site. */
enum Relation {
    SAME_SITE,
    DIFFERENT_SITES,
    /** At least one of them stands at no site that the estate names. */
    UNKNOWN
}
