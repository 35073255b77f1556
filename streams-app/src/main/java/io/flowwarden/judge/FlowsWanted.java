package io.flowwarden.judge;

/** Which judged flows go to the topic {@code flows}. */
public enum FlowsWanted {
    ALL,
    /** UNEXPECTED, or rejected by the network with any verdict but OUT_OF_SCOPE. */
    NOTABLE,
    NONE
}
