package io.flowwarden.input;

import java.util.Locale;

/** Kinds of input, as {@code --format} names them. */
public enum InputFormat {
    /** pcap and pcapng captures with exporter datagrams in UDP. */
    PCAP,
    /** Bare NetFlow v5, v9 or IPFIX datagrams, one or several in a row; IPFIX files. */
    NETFLOW,
    /** Bare sFlow v5 datagrams, one or several in a row. */
    SFLOW,
    /** AWS VPC flow logs as text or in a CloudWatch JSON envelope. */
    AWS,
    /** Azure NSG and VNet flow logs. */
    AZURE,
    /** GCP VPC flow logs: log entries or their payloads, in lines or in an array. */
    GCP;

    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
