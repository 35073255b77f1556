package io.flowwarden.estate;

import io.flowwarden.net.Address;
import io.flowwarden.net.Prefix;
import io.flowwarden.yaml.YamlValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Prefixes of one section, each in one place only. */
final class Prefixes {
    private static final int WHOLE_V4 = 96;

    private record Place(String owner, int line) {}

    private final Map<Prefix, Place> taken = new HashMap<>();

    /** An address or prefix without host bits; null and a fault where it is none. */
    static Prefix read(YamlValue value) {
        String text = value.text();
        if (text == null) {
            return null;
        }
        Prefix prefix = Prefix.parse(text);
        if (prefix == null) {
            value.fault("expected an address or a prefix, e.g. 10.1.0.0/16");
            return null;
        }
        if (!Prefix.exact(text)) {
            String meant = prefix.text();
            value.fault("the address has bits beyond its length; the prefix is " + meant, meant);
            return null;
        }
        return prefix;
    }

    /**
     * Where hosts of an estate stand.
     *
     * @param everywhere whether all of IPv4 or IPv6 is meant here
     */
    List<Prefix> take(List<YamlValue> values, String owner, boolean everywhere) {
        var prefixes = new ArrayList<Prefix>();
        for (YamlValue value : values) {
            Prefix prefix = read(value);
            if (prefix == null) {
                continue;
            }
            boolean all = prefix.length() == 0 || prefix.length() == WHOLE_V4 && prefix.isV4();
            if (all && !everywhere) {
                value.fault("covers everything; only a site with external: true may");
            } else if (!all && unheard(prefix)) {
                value.fault("no host has such an address: flows of it are out of scope");
            } else {
                Place first = taken.putIfAbsent(prefix, new Place(owner, value.line()));
                if (first == null) {
                    prefixes.add(prefix);
                } else {
                    value.fault("belongs to " + first.owner + ", line " + first.line);
                }
            }
        }
        return prefixes;
    }

    /** Multicast, link-local and the like from its first address to its last. */
    private static boolean unheard(Prefix prefix) {
        int length = prefix.length();
        long lastHi = length >= 64 ? prefix.hi() : prefix.hi() | -1L >>> length;
        long lastLo =
                length == 128
                        ? prefix.lo()
                        : length <= 64 ? -1L : prefix.lo() | -1L >>> length - 64;
        return Address.isNonUnicast(prefix.hi(), prefix.lo())
                && Address.isNonUnicast(lastHi, lastLo);
    }

    static List<String> texts(List<Prefix> prefixes) {
        return prefixes.stream().map(Prefix::text).toList();
    }
}
