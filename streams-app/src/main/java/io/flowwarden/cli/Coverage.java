package io.flowwarden.cli;

import io.flowwarden.catalog.Roles;
import io.flowwarden.net.Address;
import io.flowwarden.net.Prefix;
import io.flowwarden.roster.DeclaredLink;
import io.flowwarden.roster.Roster;
import io.flowwarden.schemas.Endpoint;
import io.flowwarden.schemas.EstateEntry;
import io.flowwarden.schemas.Flow;
import io.flowwarden.schemas.JudgedFlow;
import io.flowwarden.schemas.PortRule;
import io.flowwarden.schemas.Site;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What of an estate and a catalog the flows of a stretch of time met, and when last: links,
 * policies and rules that nothing matches and prefixes that nobody uses are mistakes, or out of
 * date.
 */
final class Coverage {
    private static final int SHOWN = 50;

    /** Addresses that were looked at already; beyond, each is looked at again. */
    private static final int MOST_ADDRESSES = 1_000_000;

    private static final Set<String> WEAK =
            Set.of("dynamic", "advisory", "loopback", "unconfirmed");
    private static final String POLICY = "policy/";

    /** A prefix of a site or endpoint. */
    private record Place(String text, Prefix prefix) {}

    private final Collection<EstateEntry> estate;
    private final Roster roster;
    private final List<Place> unseen = new ArrayList<>();
    private final Set<String> addresses = new HashSet<>();
    private final Map<String, Long> links = new HashMap<>();

    /** By rule of the catalog, or {@code policy/<name>}. */
    private final Map<String, Long> rules = new HashMap<>();

    Coverage(Collection<EstateEntry> estate) {
        this.estate = estate;
        roster = Roster.compile(List.copyOf(estate), "coverage");
        for (EstateEntry entry : estate) {
            if (entry.getBody() instanceof Endpoint endpoint) {
                places(entry, endpoint.getAddresses());
            } else if (entry.getBody() instanceof Site site) {
                places(entry, site.getNetworks());
            }
        }
    }

    private void places(EstateEntry entry, List<String> texts) {
        for (String text : texts) {
            Prefix prefix = Prefix.parse(text);
            if (prefix != null) {
                unseen.add(
                        new Place(entry.getKind() + " " + entry.getName() + "  " + text, prefix));
            }
        }
    }

    void add(JudgedFlow judged) {
        Flow flow = judged.getFlow();
        long at = flow.getEnd();
        if (judged.getRule() != null) {
            rules.merge(judged.getRule(), at, Math::max);
        }
        see(flow.getSrc());
        see(flow.getDst());
        if (flow.getProtocol() == null || "REJECTED".equals(String.valueOf(flow.getOutcome()))) {
            return;
        }
        if (judged.getClient() != null && judged.getServer() != null) {
            links(flow, judged.getClient(), judged.getServer(), judged.getServicePort());
        }
        if (!judged.getOrientation().equals("certain") && flow.getSrc() != null) {
            links(flow, flow.getSrc(), flow.getDst(), flow.getDstPort());
            links(flow, flow.getDst(), flow.getSrc(), flow.getSrcPort());
        }
    }

    private void links(Flow flow, String client, String server, Integer port) {
        DeclaredLink[] on = roster.on(flow.getProtocol(), port == null ? 0 : port);
        if (on.length == 0) {
            return;
        }
        long[] from = Address.parse(client);
        long[] to = Address.parse(server);
        for (DeclaredLink link : on) {
            boolean covers =
                    link.covers(from[0], from[1], to[0], to[1])
                            || link.orReverse() && link.covers(to[0], to[1], from[0], from[1]);
            if (covers) {
                links.merge(link.name(), flow.getEnd(), Math::max);
            }
        }
    }

    private void see(String address) {
        if (address == null || unseen.isEmpty() || addresses.contains(address)) {
            return;
        }
        if (addresses.size() < MOST_ADDRESSES) {
            addresses.add(address);
        }
        long[] bits = Address.parse(address);
        if (bits != null) {
            unseen.removeIf(place -> place.prefix().contains(bits[0], bits[1]));
        }
    }

    /** Links and policies with their last match. */
    List<String> matches() {
        var lines = new ArrayList<String>();
        for (EstateEntry entry : sorted("link")) {
            lines.add(line(entry, links.get(entry.getName())));
        }
        for (EstateEntry entry : sorted("policy")) {
            lines.add(line(entry, rules.get(POLICY + entry.getName())));
        }
        return lines;
    }

    private List<EstateEntry> sorted(String kind) {
        return estate.stream()
                .filter(entry -> entry.getKind().equals(kind))
                .sorted(Comparator.comparing(EstateEntry::getName))
                .toList();
    }

    private static String line(EstateEntry entry, Long last) {
        String when = last == null ? "never" : Instant.ofEpochMilli(last / 1000 * 1000).toString();
        return String.format(Locale.ROOT, "%-20s  %s %s", when, entry.getKind(), entry.getName());
    }

    /** Prefixes of endpoints and sites that no flow had an address of. */
    List<String> unseen() {
        return unseen.stream().map(Place::text).sorted().toList();
    }

    /** How many rules of the catalog matched, policies aside. */
    long matchedRules() {
        return rules.keySet().stream().filter(rule -> !rule.startsWith(POLICY)).count();
    }

    /** Rules that nothing matched though the estate has hosts of both their roles. */
    List<String> idle(Collection<PortRule> catalog) {
        var roles = new HashSet<String>();
        for (EstateEntry entry : estate) {
            if (entry.getBody() instanceof Endpoint endpoint) {
                for (String role : endpoint.getRoles()) {
                    roles.add(role);
                    roles.add(Roles.family(role));
                }
                roles.add(Roles.LISTED);
            }
        }
        return catalog.stream()
                .filter(
                        rule ->
                                rule.getSourceRoles().stream().anyMatch(roles::contains)
                                        && rule.getTargetRoles().stream().anyMatch(roles::contains)
                                        && rule.getFlags().stream().noneMatch(WEAK::contains)
                                        && !rules.containsKey(rule.getId()))
                .map(PortRule::getId)
                .sorted()
                .toList();
    }

    /** All of it, as lines. */
    List<String> lines(Collection<PortRule> catalog) {
        var lines = new ArrayList<String>();
        lines.add("Last match of links and policies");
        section(lines, matches());
        List<String> prefixes = unseen();
        lines.add("Prefixes of the estate that were never seen: " + prefixes.size());
        section(lines, prefixes);
        List<String> idle = idle(catalog);
        lines.add(
                "Rules of the catalog that matched: "
                        + matchedRules()
                        + "; that never did, though hosts of both their roles are listed: "
                        + idle.size());
        section(lines, idle);
        return lines;
    }

    private static void section(List<String> lines, List<String> of) {
        of.stream().limit(SHOWN).forEach(line -> lines.add("  " + line));
        if (of.size() > SHOWN) {
            lines.add("  and " + (of.size() - SHOWN) + " more");
        }
    }
}
