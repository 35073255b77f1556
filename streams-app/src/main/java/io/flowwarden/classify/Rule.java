package io.flowwarden.classify;

import io.flowwarden.schemas.PortRule;
import java.util.BitSet;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Set;

/** A rule of the catalog, ready to be asked. */
final class Rule {
    /**
     * Whom to ask first where several rules fit: those with both roles, the narrower range; weak
     * ones last, among them dynamic and advisory ones. What fits equally: scope-bearing first,
     * newest version, lowest id.
     */
    static final Comparator<Rule> ORDER =
            Comparator.comparingInt((Rule r) -> r.last ? 2 : r.weak ? 1 : 0)
                    .thenComparing(r -> !r.full())
                    .thenComparingInt(r -> r.range.to() - r.range.from())
                    .thenComparing(Rule::byTies);

    final String id;
    final PortRange range;
    final BitSet source;
    final BitSet target;
    final EnumSet<Mark> marks = EnumSet.noneOf(Mark.class);

    /** Never orients a flow, never makes a port "in the catalog", says at most PLAUSIBLE. */
    final boolean weak;

    final boolean dynamic;

    /** Stays inside one machine: no network flow is it. */
    final boolean loopback;

    /** The printed direction contradicts the purpose. */
    final boolean doubtful;

    /** Connects without payload by design. */
    final boolean probe;

    final boolean infrastructureClients;
    final boolean externalClient;
    final boolean externalServer;
    final PortRule text;

    private final boolean last;
    private final Version newest;
    private final Relation broken;

    Rule(PortRule rule, RoleNames roles) {
        text = rule;
        id = rule.getId();
        int from = rule.getPortFrom() == null ? 0 : rule.getPortFrom();
        int to = rule.getPortTo() == null ? from : rule.getPortTo();
        range = new PortRange(Service.of(rule.getTransport()), from, to);
        source = roles.stated(rule.getSourceRoles());
        target = roles.stated(rule.getTargetRoles());
        var flags = Set.copyOf(rule.getFlags());
        for (Mark mark : Mark.values()) {
            if (flags.contains(mark.flag())) {
                marks.add(mark);
            }
        }
        dynamic = flags.contains("dynamic");
        loopback = flags.contains("loopback");
        last = dynamic || flags.contains("advisory");
        weak = last || loopback || flags.contains("unconfirmed");
        doubtful = flags.contains("direction-doubtful");
        probe = flags.contains("probe");
        infrastructureClients = !source.isEmpty() && roles.allInfrastructure(source);
        externalClient = roles.anyExternal(source);
        externalServer = roles.anyExternal(target);
        newest = Version.newest(rule.getVersions());
        broken = brokenBy(rule.getScope());
    }

    /** Both roles are stated. */
    boolean full() {
        return !source.isEmpty() && !target.isEmpty();
    }

    /** Neither role is stated. */
    boolean open() {
        return source.isEmpty() && target.isEmpty();
    }

    /** An empty role constrains nothing. */
    boolean takesClient(LocationClass client) {
        return source.isEmpty() || source.intersects(client.roles());
    }

    boolean takesServer(LocationClass server) {
        return target.isEmpty() || target.intersects(server.roles());
    }

    /** A scope holds where it is empty or a site is unknown. */
    boolean holdsScope(Relation relation) {
        return broken == null || relation != broken;
    }

    /** Whether the service is on this port where it runs; an endpoint may have moved it. */
    boolean on(int port, LocationClass server) {
        Integer moved = server.moves().get(range);
        return moved == null ? range.contains(port) : moved == port;
    }

    static int byTies(Rule a, Rule b) {
        int scope = Boolean.compare(a.broken == null, b.broken == null);
        if (scope != 0) {
            return scope;
        }
        int version = b.newest.compareTo(a.newest);
        return version != 0 ? version : a.id.compareTo(b.id);
    }

    private static Relation brokenBy(String scope) {
        if (scope == null) {
            return null;
        }
        return switch (scope) {
            case "intra-site" -> Relation.DIFFERENT_SITES;
            case "inter-site" -> Relation.SAME_SITE;
            default -> null;
        };
    }

    @Override
    public String toString() {
        return id;
    }
}
