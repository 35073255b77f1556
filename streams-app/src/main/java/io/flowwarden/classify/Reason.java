package io.flowwarden.classify;

/** Why a flow is UNEXPECTED or OUT_OF_SCOPE. */
public enum Reason {
    POLICY_DENIED,
    SCOPE_VIOLATION,
    REVERSED,
    ROLE_MISMATCH,
    UNLISTED_PEER,
    UNKNOWN_PEER,
    UNKNOWN_SERVICE,
    FOREIGN_SERVER,

    /** Multicast, broadcast, unspecified or link-local address. */
    NON_UNICAST,
    /** The record has no addresses. */
    NO_ADDRESS,
    /** TCP or UDP without the service port. */
    NO_PORT,
    /** Neither TCP, UDP nor ICMP. */
    OTHER_PROTOCOL,
    /** ICMP error: evidence about another conversation, none of its own. */
    ICMP_ERROR,
    /** ICMP that is neither echo nor error. */
    ICMP_OTHER,
    /** Nothing tells client from server, and taken as it stands no rule speaks of it. */
    UNORIENTED,
    /** Nothing in the estate and the catalog speaks of it. */
    NOT_COVERED
}
