package io.flowwarden.classify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The class of every port, from a table. */
final class PortClasses {
    private static final int PORTS = 1 << 16;

    /** Number of the first class of each transport; the table counts from there. */
    private final int[] first = new int[Service.COUNT];

    private final char[][] numbers = new char[Service.COUNT][];
    private final List<PortClass> classes = new ArrayList<>();

    /**
     * @param rules of all transports, in match order
     * @param policies in their order
     * @param moves every range that some endpoint moved, and where to
     */
    PortClasses(List<Rule> rules, List<Policy> policies, List<PortRange> moves) {
        for (int service = 0; service < Service.COUNT; service++) {
            build(service, rules, policies, moves);
        }
    }

    /** Number of the class of a port. */
    int of(int service, int port) {
        return first[service] + numbers[service][port];
    }

    PortClass numbered(int number) {
        return classes.get(number);
    }

    private void build(
            int service, List<Rule> rules, List<Policy> policies, List<PortRange> moves) {
        List<Rule> asked =
                rules.stream().filter(r -> r.range.service() == service && !r.loopback).toList();
        List<PortRange> alone = new ArrayList<>();
        moves.stream().filter(m -> m.service() == service).forEach(alone::add);
        for (int port : PortClass.agreeing()) {
            alone.add(new PortRange(service, port, port));
        }
        var cuts = new TreeSet<Integer>(List.of(0, PORTS));
        alone.forEach(range -> cut(cuts, range));
        asked.forEach(rule -> cut(cuts, rule.range));
        policies.forEach(p -> p.services().forEach(range -> cut(cuts, range)));

        var known = new HashMap<List<?>, Integer>();
        numbers[service] = new char[PORTS];
        first[service] = classes.size();
        int from = 0;
        for (int to : cuts) {
            if (to > from) {
                int number = number(service, from, asked, policies, alone, known);
                Arrays.fill(numbers[service], from, to, (char) number);
            }
            from = to;
        }
    }

    private int number(
            int service,
            int port,
            List<Rule> asked,
            List<Policy> policies,
            List<PortRange> alone,
            Map<List<?>, Integer> known) {
        List<Rule> rules = asked.stream().filter(r -> r.range.contains(port)).toList();
        List<Policy> laws = policies.stream().filter(p -> p.covers(service, port)).toList();
        boolean own = alone.stream().anyMatch(range -> range.contains(port));
        return known.computeIfAbsent(
                List.of(rules, laws, own ? port : -1),
                signature -> {
                    boolean catalog = rules.stream().anyMatch(r -> !r.weak);
                    classes.add(new PortClass(service, port, rules, catalog));
                    return classes.size() - 1 - first[service];
                });
    }

    private static void cut(TreeSet<Integer> cuts, PortRange range) {
        // What no port can be is refused where rules are read; here it must only do no harm.
        cuts.add(Math.max(0, Math.min(PORTS, range.from())));
        cuts.add(Math.max(0, Math.min(PORTS, range.to() + 1)));
    }
}
