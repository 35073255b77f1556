package io.flowwarden.classify;

import java.util.BitSet;
import java.util.List;
import java.util.Map;

/** Attributes of a prefix with what it inherits from the prefixes around it. */
final class Merged {
    static final Merged NOTHING = new Merged();

    String name;
    List<String> roles = List.of();
    String site;
    Map<String, Integer> services = Map.of();
    boolean inside;
    BitSet policyClient = Statement.NO_POLICY;
    BitSet policyServer = Statement.NO_POLICY;

    private Merged() {}

    /**
     * @param around what the next larger prefix has
     * @param own statements on the prefix itself; the first that speaks of an attribute decides it
     */
    static Merged of(Merged around, List<Statement> own) {
        var merged = new Merged();
        merged.name = around.name;
        merged.roles = around.roles;
        merged.site = around.site;
        merged.services = around.services;
        merged.inside = around.inside;
        merged.policyClient = around.policyClient;
        merged.policyServer = around.policyServer;
        for (int i = own.size() - 1; i >= 0; i--) {
            Statement s = own.get(i);
            merged.name = s.name() == null ? merged.name : s.name();
            merged.roles = s.roles() == null ? merged.roles : s.roles();
            merged.site = s.site() == null ? merged.site : s.site();
            merged.services = s.services() == null ? merged.services : s.services();
            merged.inside = s.inside() == null ? merged.inside : s.inside();
            merged.policyClient = union(merged.policyClient, s.policyClient());
            merged.policyServer = union(merged.policyServer, s.policyServer());
        }
        return merged;
    }

    private static BitSet union(BitSet a, BitSet b) {
        if (b.isEmpty()) {
            return a;
        }
        var both = (BitSet) a.clone();
        both.or(b);
        return both;
    }
}
