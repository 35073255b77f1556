package io.flowwarden.classify;

import io.flowwarden.net.Prefix;
import io.flowwarden.schemas.EstateEntry;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Whom policies name on one side: by prefix, by endpoint or by site. A prefix means all within it,
 * an endpoint all of its addresses (also where a smaller endpoint lies within), a site what stands
 * there by the most specific word on it.
 */
final class PolicyPeers {
    private final BitSet anybody = new BitSet();
    private final Map<Prefix, BitSet> prefixes = new HashMap<>();
    private final Map<String, BitSet> names = new HashMap<>();

    PolicyPeers(List<EstateEntry> laws, Function<EstateEntry, List<String>> peers) {
        for (int number = 0; number < laws.size(); number++) {
            List<String> named = peers.apply(laws.get(number));
            anybody.set(number, named.isEmpty());
            for (String text : named) {
                Prefix prefix = Prefix.parse(text);
                BitSet policies =
                        prefix == null
                                ? names.computeIfAbsent(text, t -> new BitSet())
                                : prefixes.computeIfAbsent(prefix, p -> new BitSet());
                policies.set(number);
            }
        }
    }

    Stream<Prefix> prefixes() {
        return prefixes.keySet().stream();
    }

    BitSet prefix(Prefix prefix) {
        return prefixes.getOrDefault(prefix, Statement.NO_POLICY);
    }

    BitSet endpoint(String name) {
        return names.getOrDefault(name, Statement.NO_POLICY);
    }

    /** All that apply: to anybody, to the covering prefixes and endpoints, and to the site. */
    BitSet all(BitSet covering, String site) {
        var all = (BitSet) anybody.clone();
        all.or(covering);
        if (site != null) {
            all.or(names.getOrDefault(site, Statement.NO_POLICY));
        }
        return all;
    }
}
