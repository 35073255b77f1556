package io.flowwarden.judge;

/** Names of the nodes that processors forward to by name. */
public final class Nodes {
    public static final String CLASSIFY = "classify";
    public static final String REJECTED = "rejected";

    private Nodes() {}
}
