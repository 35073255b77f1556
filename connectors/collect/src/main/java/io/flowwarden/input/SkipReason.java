package io.flowwarden.input;

/** What an input holds that is no flow data of ours; counted, never an error by itself. */
public enum SkipReason {
    /** A file of a directory in no format that is read here. */
    UNKNOWN_FILE("unknown file"),
    /** A packet that is not UDP over IP. */
    NOT_UDP("packet that is not UDP"),
    /** A UDP datagram that is no flow export. */
    NOT_EXPORT("UDP datagram that is no NetFlow, IPFIX or sFlow"),
    /** A capture of a link whose headers are not known here. */
    UNKNOWN_LINK_TYPE("packet of an unknown link type"),
    /** Fragments whose datagram was never complete. */
    INCOMPLETE_FRAGMENTS("fragmented datagram that was never complete");

    private final String text;

    SkipReason(String text) {
        this.text = text;
    }

    /** For a person. */
    public String text() {
        return text;
    }
}
