package io.flowwarden.classify;

import java.util.Locale;

/** What told client from server; in this order the questions are asked. */
public enum OrientedBy {
    /** The record names the initiator, or is an ICMP echo request or reply. */
    RECORD,
    /** TCP SYN without ACK, or a lone SYN+ACK. */
    FLAGS,
    /** The same 5-tuple of this source, oriented earlier by record or flags. */
    MEMORY,
    /** Only this way round a rule has these roles and this scope. */
    ROLES,
    /** Both halves in one batch; the one that started earlier is the client's. */
    PAIR,
    /** Only the server's port is in the catalog. */
    CATALOG_PORT,
    /** Below 1024 against above. */
    LOW_PORT,
    /** Typed by hand. */
    GIVEN;

    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
