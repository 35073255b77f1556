package io.flowwarden.decode.netflow;

import java.util.Arrays;

/**
 * What an exporter says its records look like.
 *
 * @param options an options template: its records describe the exporter and are never flows
 * @param scopes leading fields that are scope; in v9 their numbers are not information elements
 * @param elements information element of each field
 * @param enterprises private enterprise number of each, 0 for IANA's
 * @param lengths bytes of each, {@link #VARIABLE} where the record says
 */
record Template(boolean options, int scopes, int[] elements, int[] enterprises, int[] lengths) {
    /** RFC 7011 section 7: the length is in the record. */
    static final int VARIABLE = 0xffff;

    int fields() {
        return elements.length;
    }

    /** Bytes of the shortest record. */
    int minimumLength() {
        int sum = 0;
        for (int length : lengths) {
            sum += length == VARIABLE ? 1 : length;
        }
        return sum;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Template that
                && options == that.options
                && scopes == that.scopes
                && Arrays.equals(elements, that.elements)
                && Arrays.equals(enterprises, that.enterprises)
                && Arrays.equals(lengths, that.lengths);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(elements) + Arrays.hashCode(lengths);
    }

    @Override
    public String toString() {
        return (options ? "options" : "data") + " template of " + elements.length + " fields";
    }
}
