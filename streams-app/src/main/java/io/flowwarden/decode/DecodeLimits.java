package io.flowwarden.decode;

/**
 * How much of what one source sends is taken. None of it is met by an exporter that means well.
 *
 * @param templates of one source; beyond it the one defined longest ago goes. As many definitions
 *     are read of one datagram
 * @param templateFields of one template; one with more is refused
 * @param flowsPerDatagram records of one datagram, options included; what is behind them is set
 *     aside
 */
public record DecodeLimits(int templates, int templateFields, int flowsPerDatagram) {
    /** A datagram of 64 KiB holds 4096 records of 16 bytes, and no real record is as short. */
    public static final DecodeLimits DEFAULTS = new DecodeLimits(512, 1_024, 4_096);

    /** Fields of a usual template, with room. */
    private static final int FIELDS_EACH = 16;

    /** Bounds a stored source: 1 MiB is what a broker takes, a field takes up to 8 bytes. */
    public static final int MOST_TEMPLATES = 4_000;

    public DecodeLimits {
        if (templates < 1 || templates > MOST_TEMPLATES || templateFields < 1) {
            throw new IllegalArgumentException(templates + " templates, " + templateFields);
        }
        if (flowsPerDatagram < 1) {
            throw new IllegalArgumentException(flowsPerDatagram + " flows");
        }
    }

    /** Fields of all templates of one source together. */
    public int fieldsOfSource() {
        return Math.max(templates * FIELDS_EACH, templateFields);
    }
}
