package io.flowwarden.decode.cloud;

import io.flowwarden.net.Address;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** One row, cut into values that stay where they are; reused from row to row. */
final class AwsRow {
    /** Not a number. */
    static final long BAD = -2;

    private int[] starts = new int[64];
    private int[] ends = new int[64];
    private int count;

    int count() {
        return count;
    }

    /** Cuts a line at the separator; a space stands for any run of blanks. */
    void split(byte[] b, int from, int to, char separator) {
        count = 0;
        if (separator == ' ') {
            blanks(b, from, to);
        } else {
            commas(b, from, to);
        }
    }

    private void blanks(byte[] b, int from, int to) {
        int p = from;
        while (true) {
            while (p < to && isBlank(b[p])) {
                p++;
            }
            if (p == to) {
                return;
            }
            int start = p;
            while (p < to && !isBlank(b[p])) {
                p++;
            }
            add(start, p);
        }
    }

    private void commas(byte[] b, int from, int to) {
        int start = from;
        for (int p = from; p <= to; p++) {
            if (p == to || b[p] == ',') {
                int first = start;
                int last = p;
                while (first < last && (isBlank(b[first]) || b[first] == '"')) {
                    first++;
                }
                while (first < last && (isBlank(b[last - 1]) || b[last - 1] == '"')) {
                    last--;
                }
                add(first, last);
                start = p + 1;
            }
        }
    }

    private void add(int start, int end) {
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, 2 * count);
            ends = Arrays.copyOf(ends, 2 * count);
        }
        starts[count] = start;
        ends[count++] = end;
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t' || b == '\r';
    }

    /** Whether the value says "does not apply". */
    boolean isAbsent(byte[] b, int value) {
        int length = length(value);
        return length == 0 || length == 1 && b[starts[value]] == '-';
    }

    int start(int value) {
        return starts[value];
    }

    int length(int value) {
        return ends[value] - starts[value];
    }

    boolean is(byte[] b, int value, String ascii) {
        if (length(value) != ascii.length()) {
            return false;
        }
        for (int i = 0; i < ascii.length(); i++) {
            if (b[starts[value] + i] != ascii.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** A decimal number of up to 18 digits, or {@link #BAD}. */
    long number(byte[] b, int value) {
        int length = length(value);
        if (length == 0 || length > 18) {
            return BAD;
        }
        long number = 0;
        for (int p = starts[value]; p < ends[value]; p++) {
            int digit = b[p] - '0';
            if (digit < 0 || digit > 9) {
                return BAD;
            }
            number = 10 * number + digit;
        }
        return number;
    }

    /** Fills {hi, lo}; false where it is no address. */
    boolean address(byte[] b, int value, long[] to) {
        return length(value) <= 45 && Address.parse(b, starts[value], ends[value], to);
    }

    String text(byte[] b, int value) {
        return new String(b, starts[value], length(value), StandardCharsets.UTF_8);
    }
}
