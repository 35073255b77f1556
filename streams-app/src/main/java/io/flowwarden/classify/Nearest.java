package io.flowwarden.classify;

import java.util.BitSet;
import java.util.List;

/**
 * The rule with the fewest failing conditions, then by the tie order, and what failed.
 *
 * @param rule null where no rule speaks of the port
 * @param failed where several conditions failed, the one that decides first
 */
record Nearest(Rule rule, Condition failed) {
    private static final Nearest NONE = new Nearest(null, Condition.PORT);

    static Nearest among(
            List<Rule> rules,
            LocationClass client,
            LocationClass server,
            int port,
            Relation relation) {
        Nearest best = NONE;
        int fewest = Integer.MAX_VALUE;
        for (Rule rule : rules) {
            // A weak rule says nothing that could be broken, one without roles nothing to fail.
            if (rule.weak || rule.open()) {
                continue;
            }
            boolean wrongServer = wrong(rule.target, server);
            boolean wrongClient = wrong(rule.source, client);
            boolean wrongScope = !rule.holdsScope(relation);
            boolean wrongPort = !rule.on(port, server);
            int failing = count(wrongServer) + count(wrongClient) + count(wrongScope);
            failing += count(wrongPort);
            if (failing < fewest || failing == fewest && Rule.byTies(rule, best.rule) < 0) {
                fewest = failing;
                best =
                        new Nearest(
                                rule,
                                wrongServer
                                        ? Condition.SERVER_ROLE
                                        : wrongClient
                                                ? Condition.CLIENT_ROLE
                                                : wrongScope ? Condition.SCOPE : Condition.PORT);
            }
        }
        return best;
    }

    /** A rule that leaves one role open still asks for some role, see {@link Matcher}. */
    private static boolean wrong(BitSet stated, LocationClass side) {
        return stated.isEmpty() ? !side.role() : !stated.intersects(side.roles());
    }

    private static int count(boolean failed) {
        return failed ? 1 : 0;
    }
}
