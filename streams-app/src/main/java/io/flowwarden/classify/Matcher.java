package io.flowwarden.classify;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The verdict on an oriented conversation: policies, then the rows of the verdict table from top to
 * bottom. Which rows a rule speaks in:
 *
 * <ul>
 *   <li>both roles stated, not weak: expected, broken (scope) and reversed;
 *   <li>both roles stated, weak: plausible;
 *   <li>one role stated: plausible where the other side plays some role, but after broken and
 *       reversed, for a client that nobody names is no licence for one that the documents name as
 *       the server;
 *   <li>no role stated: plausible where neither side plays a role, and both are of the estate, for
 *       else every visit to a web site would be what some document leaves open;
 *   <li>dynamic: as it would else, but only where a port could have been agreed on.
 * </ul>
 */
final class Matcher {
    private final Knowledge knowledge;
    private final LocationClass client;
    private final LocationClass server;
    private final PortClass port;
    private final Relation relation;
    private final Policy policy;

    /** Rules that may be on this port at either side, in match order. */
    private final List<Rule> near;

    private final List<Rule> expected;
    private final List<Rule> possible;
    private final List<Rule> agreeable;
    private final List<Rule> partial;
    private final List<Rule> broken;
    private final List<Rule> reversed;
    private final List<Rule> serving;

    Matcher(
            Knowledge knowledge,
            LocationClass client,
            LocationClass server,
            PortClass port,
            Relation relation,
            int epoch) {
        this.knowledge = knowledge;
        this.client = client;
        this.server = server;
        this.port = port;
        this.relation = relation;
        policy =
                knowledge.policies().stream()
                        .filter(p -> p.holds(client, server, port.service(), port.port(), epoch))
                        .findFirst()
                        .orElse(null);
        near = near();
        List<Rule> here = rules(near, r -> r.on(port.port(), server));
        List<Rule> taking = rules(here, r -> r.takesClient(client) && r.takesServer(server));
        List<Rule> fitting = rules(taking, r -> r.holdsScope(relation));
        expected = rules(fitting, r -> r.full() && !r.weak);
        possible = rules(fitting, r -> r.full() && r.weak && !r.dynamic);
        agreeable = rules(fitting, r -> r.dynamic && (r.full() || applies(r)));
        partial = rules(fitting, r -> !r.full() && !r.dynamic && applies(r));
        broken = rules(taking, r -> r.full() && !r.weak && !r.holdsScope(relation));
        reversed = rules(near, this::isReversed);
        serving = rules(here, r -> !r.weak && !r.target.isEmpty() && r.takesServer(server));
    }

    /** Whether a rule that is not weak and states a role is satisfied. */
    boolean fits() {
        return !expected.isEmpty() || partial.stream().anyMatch(r -> !r.weak && !r.open());
    }

    boolean catalog() {
        return port.catalog() || near.stream().anyMatch(r -> !r.weak && r.on(port.port(), server));
    }

    boolean dynamic() {
        return !agreeable.isEmpty();
    }

    /** Whether this is the port mapper or SMB, between roles that some dynamic rule pairs. */
    boolean agreesPorts() {
        return port.agreesPorts()
                && knowledge.rules().stream()
                        .anyMatch(
                                r ->
                                        r.dynamic
                                                && (r.takesClient(client) && r.takesServer(server)
                                                        || r.takesClient(server)
                                                                && r.takesServer(client)));
    }

    /**
     * @param orientation how sure client and server are
     * @param agreed whether the pair was seen agreeing on a port within the last hour
     */
    Judgement judge(Orientation orientation, boolean agreed) {
        Judgement catalog = byCatalog(orientation, agreed);
        boolean guess = orientation == Orientation.GUESS;
        return policy == null ? catalog : Judgement.byPolicy(policy, guess, catalog);
    }

    private Judgement byCatalog(Orientation orientation, boolean agreed) {
        boolean guess = orientation == Orientation.GUESS;
        if (!knowledge.hasEndpoints()) {
            List<Rule> known =
                    rules(near, r -> !r.weak || r.open() && !r.dynamic && r.holdsScope(relation));
            return known.isEmpty()
                    ? Judgement.outOfScope(Reason.NOT_COVERED)
                    : Judgement.plausible(known);
        }
        List<Rule> weak = new ArrayList<>(possible);
        weak.addAll(partial);
        if (agreed) {
            weak.addAll(agreeable);
        }
        weak.sort(Rule.ORDER);
        if (!expected.isEmpty()) {
            return guess ? possible(expected, weak) : Judgement.expected(expected.get(0));
        }
        if (!possible.isEmpty() || agreed && !agreeable.isEmpty()) {
            return Judgement.plausible(weak);
        }
        if (!broken.isEmpty()) {
            return guess
                    ? Judgement.plausible(broken)
                    : Judgement.unexpected(
                            Reason.SCOPE_VIOLATION,
                            broken.stream().min(Rule::byTies).orElseThrow(),
                            Condition.SCOPE);
        }
        if (!reversed.isEmpty()) {
            boolean sure =
                    orientation == Orientation.CERTAIN
                            && reversed.stream().noneMatch(r -> r.doubtful);
            return sure
                    ? Judgement.unexpected(
                            Reason.REVERSED,
                            reversed.stream().min(Rule::byTies).orElseThrow(),
                            Condition.DIRECTION)
                    : Judgement.plausible(reversed);
        }
        if (!partial.isEmpty()) {
            return Judgement.plausible(weak);
        }
        if (!serving.isEmpty()) {
            return served(guess);
        }
        if (server.infrastructure()) {
            return unserved(guess, Reason.UNKNOWN_SERVICE);
        }
        if (server.kind() == LocationClass.Kind.FOREIGN && client.infrastructure()) {
            List<Rule> external =
                    rules(
                            port.rules(),
                            r ->
                                    r.externalServer
                                            && !r.dynamic
                                            && !r.source.isEmpty()
                                            && r.takesClient(client));
            return external.isEmpty()
                    ? unserved(guess, Reason.FOREIGN_SERVER)
                    : Judgement.plausible(external);
        }
        return Judgement.outOfScope(Reason.NOT_COVERED);
    }

    /** The server serves the port, and no rule pairs this client with it. */
    private Judgement served(boolean guess) {
        if (guess) {
            return Judgement.plausible(serving);
        }
        if (client.role()) {
            return unexpected(Reason.ROLE_MISMATCH, serving);
        }
        if (client.kind() == LocationClass.Kind.FOREIGN) {
            List<Rule> external =
                    rules(
                            near,
                            r ->
                                    r.externalClient
                                            && !r.dynamic
                                            && !r.target.isEmpty()
                                            && r.takesServer(server)
                                            && r.on(port.port(), server));
            return external.isEmpty()
                    ? unexpected(Reason.UNKNOWN_PEER, serving)
                    : Judgement.plausible(external);
        }
        List<Rule> others = rules(serving, r -> !r.infrastructureClients);
        return others.isEmpty()
                ? unexpected(Reason.UNLISTED_PEER, serving)
                : Judgement.plausible(others);
    }

    private Judgement unserved(boolean guess, Reason reason) {
        return guess ? Judgement.outOfScope(Reason.UNORIENTED) : unexpected(reason, near);
    }

    private static Judgement possible(List<Rule> expected, List<Rule> weak) {
        var all = new ArrayList<>(expected);
        all.addAll(weak);
        return Judgement.plausible(all);
    }

    private Judgement unexpected(Reason reason, List<Rule> among) {
        Nearest nearest = Nearest.among(among, client, server, port.port(), relation);
        return Judgement.unexpected(reason, nearest.rule(), nearest.failed());
    }

    /** Rules printed with this port, and those that an endpoint moved to it. */
    private List<Rule> near() {
        if (client.moves().isEmpty() && server.moves().isEmpty()) {
            return port.rules();
        }
        return rules(
                knowledge.rules(),
                r ->
                        r.range.service() == port.service()
                                && !r.loopback
                                && (r.range.contains(port.port())
                                        || r.on(port.port(), server)
                                        || r.on(port.port(), client)));
    }

    /** A rule that leaves one role open still asks for some role, one that leaves both for none. */
    private boolean applies(Rule rule) {
        if (rule.open()) {
            return isOfTheEstateWithoutRole(client) && isOfTheEstateWithoutRole(server);
        }
        return rule.source.isEmpty() ? client.role() : server.role();
    }

    private static boolean isOfTheEstateWithoutRole(LocationClass side) {
        return !side.role() && side.kind() != LocationClass.Kind.FOREIGN;
    }

    private boolean isReversed(Rule rule) {
        return rule.full()
                && !rule.weak
                && rule.takesClient(server)
                && rule.takesServer(client)
                && rule.on(port.port(), client);
    }

    private static List<Rule> rules(List<Rule> rules, Predicate<Rule> which) {
        return rules.stream().filter(which).toList();
    }
}
