package io.flowwarden.draft;

import io.flowwarden.net.Prefix;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/** Names that an estate takes: letters, digits, '-' and '_', none of which reads as an address. */
final class Names {
    private static final int LONGEST = 60;

    private Names() {}

    /**
     * {@code 10-1} of 10.1.0.0/16, {@code 10-1-20} of 10.1.20.0/24, {@code fd00-1} of fd00:1::/48.
     */
    static String digits(Prefix network) {
        String text = Host.first(network).text();
        if (!network.isV4()) {
            return dashed(text);
        }
        String[] octets = text.split("\\.");
        int count = (network.length() - 96) / 8;
        return String.join("-", Arrays.copyOf(octets, count));
    }

    /** {@code 10-1-20-2}. */
    static String digits(Host host) {
        return dashed(host.text());
    }

    /** A name of somebody else's made one of ours, which begins with the prefix. */
    static String of(String prefix, String foreign) {
        String clean = foreign.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_-]+", "-");
        clean = clean.length() > LONGEST ? clean.substring(0, LONGEST) : clean;
        return clean.startsWith(prefix + "-") ? clean : prefix + "-" + clean;
    }

    /** The name, numbered if it is taken; it is taken then. */
    static String free(String name, Set<String> taken) {
        String free = name;
        for (int i = 2; !taken.add(free); i++) {
            free = name + "-" + i;
        }
        return free;
    }

    private static String dashed(String address) {
        return address.replaceAll("[.:]+", "-").replaceAll("^-|-$", "");
    }
}
