package io.flowwarden.classify;

import io.flowwarden.net.Prefix;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * What one line of the estate says of a prefix; null is silence, to be inherited.
 *
 * @param prefix what it speaks of
 * @param name endpoint, or null where a site's network or a policy speaks
 * @param roles roles, or null
 * @param site site, or null
 * @param services moved ports by rule id, or null
 * @param inside whether a site's network says that the prefix stands inside the estate, or null
 * @param policyClient policies whose {@code from} names it
 * @param policyServer policies whose {@code to} names it
 */
record Statement(
        Prefix prefix,
        String name,
        List<String> roles,
        String site,
        Map<String, Integer> services,
        Boolean inside,
        BitSet policyClient,
        BitSet policyServer) {
    static final BitSet NO_POLICY = new BitSet();

    /** Of one prefix, an endpoint speaks before a network, and endpoints by name. */
    static final Comparator<Statement> ORDER =
            Comparator.comparing(Statement::prefix, PrefixTableBuilder.NESTING)
                    .thenComparing(
                            Statement::name, Comparator.nullsLast(Comparator.naturalOrder()));
}
