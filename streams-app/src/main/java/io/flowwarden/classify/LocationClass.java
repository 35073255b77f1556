package io.flowwarden.classify;

import java.util.BitSet;
import java.util.Map;

/**
 * All of an address that a verdict depends on, apart from its site. Estates have millions of
 * addresses and few classes, so verdicts are worked out once per pair of classes.
 *
 * @param kind how the estate knows the address
 * @param roles roles it plays, families and {@code listed} included
 * @param role whether it plays a role beyond {@code listed}
 * @param infrastructure whether one of them is an infrastructure role
 * @param moves ports of moved services, by the range that the catalog prints
 * @param policyClient policies whose {@code from} it is
 * @param policyServer policies whose {@code to} it is
 */
record LocationClass(
        Kind kind,
        BitSet roles,
        boolean role,
        boolean infrastructure,
        Map<PortRange, Integer> moves,
        BitSet policyClient,
        BitSet policyServer) {
    enum Kind {
        /** An endpoint covers it. */
        LISTED,
        /** Only a site's network does. */
        SITE,
        /** Neither, or only the network of an external site. */
        FOREIGN
    }
}
