package io.flowwarden.flow;

/** What became of the traffic, apart from the verdict on it. */
public enum Outcome {
    UNKNOWN,
    ACCEPTED,
    REJECTED
}
