package io.flowwarden.classify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.flowwarden.net.Address;
import io.flowwarden.net.Prefix;
import io.flowwarden.schemas.Endpoint;
import io.flowwarden.schemas.Site;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The table answers like a walk over all prefixes. */
class PrefixTableTest {
    @Test
    void everyAddressFindsItsLongestPrefix() {
        var random = new Random(20261121);
        for (int round = 0; round < 400; round++) {
            Set<Prefix> distinct = new HashSet<>();
            int count = random.nextInt(round % 10 == 0 ? 600 : 30);
            for (int i = 0; i < count; i++) {
                distinct.add(prefix(random));
            }
            List<Prefix> prefixes = new ArrayList<>(distinct);
            prefixes.sort(PrefixTableBuilder.NESTING);
            int[] location = new int[prefixes.size()];
            for (int i = 0; i < location.length; i++) {
                location[i] = 1 + random.nextInt(5);
            }
            PrefixTable table = PrefixTableBuilder.build(prefixes, location);
            for (int i = 0; i < 300; i++) {
                long[] address = address(random, prefixes);
                int at = round;
                assertEquals(
                        longest(prefixes, location, address),
                        table.find(address[0], address[1]),
                        () -> "round " + at + ", " + Address.text(address[0], address[1]));
            }
        }
    }

    @Test
    void everyAddressOfASmallWorldFindsItsLongestPrefix() {
        var random = new Random(5);
        List<Prefix> prefixes = new ArrayList<>();
        for (int length = 16; length <= 32; length++) {
            for (int i = 0; i < 4; i++) {
                int bits = 0x0a010000 | random.nextInt(1 << 16);
                Prefix prefix = Prefix.of(0, Address.v4(bits), 96 + length);
                if (!prefixes.contains(prefix)) {
                    prefixes.add(prefix);
                }
            }
        }
        prefixes.sort(PrefixTableBuilder.NESTING);
        int[] location = new int[prefixes.size()];
        for (int i = 0; i < location.length; i++) {
            location[i] = i + 1;
        }
        PrefixTable table = PrefixTableBuilder.build(prefixes, location);
        for (int bits = 0x0a00ff00; bits < 0x0a020100; bits++) {
            long lo = Address.v4(bits);
            assertEquals(longest(prefixes, location, new long[] {0, lo}), table.find(0, lo));
        }
    }

    @Test
    void emptyTableKnowsNothing() {
        PrefixTable table = PrefixTableBuilder.build(List.of(), new int[0]);
        assertEquals(0, table.find(0, Address.v4(0x0a010101)));
        assertEquals(0, table.find(0x20010db8L << 32, 1));
    }

    @Test
    void attributesAreInheritedOneByOne() {
        var random = new Random(77);
        for (int round = 0; round < 300; round++) {
            var scene = new Scene();
            Map<Prefix, Endpoint> endpoints = new TreeMap<>(PrefixTableBuilder.NESTING);
            Map<Prefix, String> networks = new TreeMap<>(PrefixTableBuilder.NESTING);
            for (int i = 0; i < 12; i++) {
                Prefix prefix = prefix(random);
                if (random.nextInt(4) == 0) {
                    networks.put(prefix, "site-" + i);
                } else {
                    String site = random.nextInt(3) == 0 ? "elsewhere-" + i : null;
                    List<String> roles = random.nextInt(3) == 0 ? List.of() : List.of("role-" + i);
                    endpoints.put(
                            prefix,
                            new Endpoint(List.of(prefix.text()), roles, site, Map.of(), false));
                }
            }
            endpoints.forEach((prefix, e) -> scene.entry("endpoint", prefix.text(), e));
            networks.forEach(
                    (prefix, name) ->
                            scene.entry(
                                    "site",
                                    name,
                                    new Site(List.of(prefix.text()), List.of(), false)));
            Knowledge knowledge = scene.knowledge();
            List<Prefix> all = new ArrayList<>(endpoints.keySet());
            all.addAll(networks.keySet());
            for (int i = 0; i < 60; i++) {
                long[] address = address(random, all);
                assertEquals(
                        bySearch(endpoints, networks, address),
                        knowledge.locate(address[0], address[1]));
            }
        }
    }

    private static Location bySearch(
            Map<Prefix, Endpoint> endpoints, Map<Prefix, String> networks, long[] address) {
        String name = null;
        List<String> roles = List.of();
        String site = null;
        for (int length = 0; length <= 128; length++) {
            for (Map.Entry<Prefix, String> network : networks.entrySet()) {
                if (covers(network.getKey(), length, address)) {
                    site = network.getValue();
                }
            }
            for (Map.Entry<Prefix, Endpoint> endpoint : endpoints.entrySet()) {
                if (covers(endpoint.getKey(), length, address)) {
                    Endpoint body = endpoint.getValue();
                    name = endpoint.getKey().text();
                    roles = body.getRoles().isEmpty() ? roles : body.getRoles();
                    site = body.getSite() == null ? site : body.getSite();
                }
            }
        }
        return new Location(name, roles, site);
    }

    private static boolean covers(Prefix prefix, int length, long[] address) {
        return prefix.length() == length && covers(prefix, address);
    }

    private static boolean covers(Prefix prefix, long[] address) {
        return prefix.isV4() == Address.isV4(address[0], address[1])
                && prefix.contains(address[0], address[1]);
    }

    private static int longest(List<Prefix> prefixes, int[] location, long[] address) {
        int best = -1;
        int found = 0;
        for (int i = 0; i < prefixes.size(); i++) {
            if (prefixes.get(i).length() > best && covers(prefixes.get(i), address)) {
                best = prefixes.get(i).length();
                found = location[i];
            }
        }
        return found;
    }

    /** Crowded corners, so that prefixes nest, touch and repeat. */
    private static Prefix prefix(Random random) {
        if (random.nextInt(3) == 0) {
            long hi = 0x20010db800000000L | random.nextInt(4) << random.nextInt(31);
            return Prefix.of(hi, random.nextInt(8), random.nextInt(129));
        }
        return Prefix.of(0, v4(random), 96 + random.nextInt(33));
    }

    private static long v4(Random random) {
        int bits =
                switch (random.nextInt(4)) {
                    case 0 -> 0x0a010000 | random.nextInt(1 << 16);
                    case 1 -> 0x0a010100 | random.nextInt(16);
                    case 2 -> random.nextInt();
                    default -> random.nextBoolean() ? -1 - random.nextInt(3) : random.nextInt(3);
                };
        return Address.v4(bits);
    }

    /** Near a prefix: at one of its ends, or just beyond. */
    private static long[] address(Random random, List<Prefix> prefixes) {
        if (prefixes.isEmpty() || random.nextInt(4) == 0) {
            return random.nextBoolean()
                    ? new long[] {0, v4(random)}
                    : new long[] {0x20010db800000000L, random.nextInt(8)};
        }
        Prefix prefix = prefixes.get(random.nextInt(prefixes.size()));
        int step = random.nextInt(5) - 2;
        if (!prefix.isV4()) {
            return new long[] {prefix.hi(), prefix.lo() + step};
        }
        int last = (int) prefix.lo() | (int) (0xffffffffL >>> prefix.length() - 96);
        int bits = random.nextBoolean() ? (int) prefix.lo() + step : last + step;
        return new long[] {0, Address.v4(bits)};
    }
}
