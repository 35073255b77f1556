package io.flowwarden.classify;

import io.flowwarden.net.Prefix;
import io.flowwarden.schemas.EstateEntry;
import io.flowwarden.schemas.PortRule;
import io.flowwarden.schemas.Site;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The steps from rules and estate entries to {@link Knowledge}, told in order. */
final class KnowledgeCompiler {
    final String catalogRevision;
    final String estateRevision;
    final List<Rule> rules;
    final List<Policy> policies;
    final Epochs epochs;
    final boolean endpoints;
    final List<Location> locations = new ArrayList<>();
    final Map<LocationClass, Integer> classes = new LinkedHashMap<>();
    final Map<Place, Integer> places = new LinkedHashMap<>();
    final PrefixTable placeTable;
    final PrefixTable locationTable;

    private final RoleNames roleNames = new RoleNames();
    private final Map<String, Rule> byId = new HashMap<>();
    private final Map<String, Integer> sites = new HashMap<>();
    private final PolicyPeers clients;
    private final PolicyPeers servers;
    private final Map<List<String>, BitSet> played = new HashMap<>();
    private final Map<Map<String, Integer>, Map<PortRange, Integer>> moves = new HashMap<>();
    private final Ints placeOf = new Ints();

    KnowledgeCompiler(
            List<PortRule> catalog,
            List<EstateEntry> estate,
            String catalogRevision,
            String estateRevision) {
        this.catalogRevision = catalogRevision;
        this.estateRevision = estateRevision;
        rules =
                catalog.stream()
                        .filter(rule -> !rule.getFlags().contains("disabled"))
                        .map(rule -> new Rule(rule, roleNames))
                        .sorted(Rule.ORDER)
                        .toList();
        rules.forEach(rule -> byId.put(rule.id, rule));

        List<EstateEntry> laws = Policies.ordered(estate);
        epochs = new Epochs(laws.stream().map(law -> Policies.body(law).getUntil()).toList());
        policies = Policies.compile(laws, epochs);
        clients = new PolicyPeers(laws, law -> Policies.body(law).getFrom());
        servers = new PolicyPeers(laws, law -> Policies.body(law).getTo());

        endpoints =
                estate.stream()
                        .anyMatch(e -> e.getBody() instanceof io.flowwarden.schemas.Endpoint);
        List<Prefix> prefixes = locate(statements(estate));
        // Location 0 is that of what no prefix covers.
        int[] found = IntStream.range(1, locations.size()).toArray();
        locationTable = PrefixTableBuilder.build(prefixes, found);
        placeTable =
                PrefixTableBuilder.build(prefixes, IntStream.of(found).map(placeOf::get).toArray());
    }

    /** Every range that an endpoint moved, at the port it moved to. */
    List<PortRange> movedRanges() {
        return classes.keySet().stream()
                .flatMap(c -> c.moves().entrySet().stream())
                .map(
                        move ->
                                new PortRange(
                                        move.getKey().service(), move.getValue(), move.getValue()))
                .distinct()
                .toList();
    }

    private List<Statement> statements(List<EstateEntry> estate) {
        List<Statement> statements = new ArrayList<>();
        for (EstateEntry entry : estate) {
            if (entry.getBody() instanceof Site site) {
                for (String text : site.getNetworks()) {
                    boolean inside = !site.getExternal();
                    add(statements, text, null, null, entry.getName(), null, inside);
                }
            } else if (entry.getBody() instanceof io.flowwarden.schemas.Endpoint endpoint) {
                List<String> roles = endpoint.getRoles().isEmpty() ? null : endpoint.getRoles();
                Map<String, Integer> services =
                        endpoint.getServices().isEmpty() ? null : endpoint.getServices();
                for (String text : endpoint.getAddresses()) {
                    String name = entry.getName();
                    add(statements, text, name, roles, endpoint.getSite(), services, null);
                }
            }
        }
        Stream.concat(clients.prefixes(), servers.prefixes())
                .distinct()
                .forEach(prefix -> statements.add(law(prefix)));
        statements.sort(Statement.ORDER);
        return statements;
    }

    private void add(
            List<Statement> statements,
            String text,
            String name,
            List<String> roles,
            String site,
            Map<String, Integer> services,
            Boolean inside) {
        Prefix prefix = Prefix.parse(text);
        // The estate is validated before it is published; what slipped through says nothing.
        if (prefix != null) {
            BitSet client = name == null ? Statement.NO_POLICY : clients.endpoint(name);
            BitSet server = name == null ? Statement.NO_POLICY : servers.endpoint(name);
            statements.add(
                    new Statement(prefix, name, roles, site, services, inside, client, server));
        }
    }

    private Statement law(Prefix prefix) {
        return new Statement(
                prefix,
                null,
                null,
                null,
                null,
                null,
                clients.prefix(prefix),
                servers.prefix(prefix));
    }

    /** Merges what is said of each prefix with what it inherits: one location for each. */
    private List<Prefix> locate(List<Statement> statements) {
        locate(Merged.NOTHING);
        List<Prefix> found = new ArrayList<>();
        var around = new ArrayDeque<Prefix>();
        var inherited = new ArrayDeque<Merged>();
        for (int i = 0; i < statements.size(); ) {
            Prefix prefix = statements.get(i).prefix();
            int end = i + 1;
            while (end < statements.size() && statements.get(end).prefix().equals(prefix)) {
                end++;
            }
            while (!around.isEmpty() && !covers(around.peek(), prefix)) {
                around.pop();
                inherited.pop();
            }
            Merged outer = inherited.isEmpty() ? Merged.NOTHING : inherited.peek();
            Merged merged = Merged.of(outer, statements.subList(i, end));
            around.push(prefix);
            inherited.push(merged);
            found.add(prefix);
            locate(merged);
            i = end;
        }
        return found;
    }

    /** ::/0 is all of IPv6; IPv4, although it lies within as mapped addresses, is not meant. */
    private static boolean covers(Prefix outer, Prefix inner) {
        return outer.isV4() == inner.isV4() && outer.contains(inner.hi(), inner.lo());
    }

    private void locate(Merged merged) {
        locations.add(
                merged == Merged.NOTHING
                        ? Location.UNKNOWN
                        : new Location(merged.name, merged.roles, merged.site));
        int site =
                merged.site == null ? -1 : sites.computeIfAbsent(merged.site, name -> sites.size());
        LocationClass locationClass = classOf(merged);
        int number = classes.computeIfAbsent(locationClass, c -> classes.size());
        placeOf.add(places.computeIfAbsent(new Place(number, site), p -> places.size()));
    }

    private LocationClass classOf(Merged merged) {
        boolean listed = merged.name != null;
        BitSet roles =
                listed
                        ? played.computeIfAbsent(merged.roles, roleNames::played)
                        : Statement.NO_POLICY;
        return new LocationClass(
                listed
                        ? LocationClass.Kind.LISTED
                        : merged.inside ? LocationClass.Kind.SITE : LocationClass.Kind.FOREIGN,
                roles,
                !merged.roles.isEmpty(),
                roleNames.anyInfrastructure(roles),
                moves.computeIfAbsent(merged.services, this::moves),
                clients.all(merged.policyClient, merged.site),
                servers.all(merged.policyServer, merged.site));
    }

    /** Rule ids to ranges; the lowest id decides where two rules of one range disagree. */
    private Map<PortRange, Integer> moves(Map<String, Integer> services) {
        var moved = new HashMap<PortRange, Integer>();
        new TreeMap<>(services)
                .forEach(
                        (id, port) -> {
                            Rule rule = byId.get(id);
                            if (rule != null) {
                                moved.putIfAbsent(rule.range, port);
                            }
                        });
        return Map.copyOf(moved);
    }
}
