package io.flowwarden.raw;

import java.util.Locale;

/** Values of the header {@code fw.format} that this version decodes. */
public enum RawFormat {
    /** NetFlow v5, v9 or IPFIX, told apart by the version in the datagram. */
    NETFLOW,
    /** sFlow v5. */
    SFLOW,
    AWS,
    AZURE,
    GCP,
    /** One flow, decoded by another collector. */
    AVRO,
    TICK;

    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
