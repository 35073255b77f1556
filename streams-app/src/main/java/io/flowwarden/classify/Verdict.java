package io.flowwarden.classify;

/** What a flow is taken for. */
public enum Verdict {
    /** A rule or policy says that this traffic belongs here. */
    EXPECTED,
    /** It may belong here; nobody says that it does. */
    PLAUSIBLE,
    /** It contradicts the catalog or a policy; the reason says how. */
    UNEXPECTED,
    /** Neither the estate nor the catalog has anything to say about it. */
    OUT_OF_SCOPE
}
