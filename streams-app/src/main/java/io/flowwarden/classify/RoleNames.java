package io.flowwarden.classify;

import io.flowwarden.catalog.Roles;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Numbers for role names, so that sets of roles are bits. */
final class RoleNames {
    private final Map<String, Integer> numbers = new HashMap<>();
    private final BitSet infrastructure = new BitSet();
    private final BitSet external = new BitSet();

    /** Roles as a rule states them. */
    BitSet stated(Collection<String> names) {
        var set = new BitSet();
        names.forEach(name -> set.set(number(name)));
        return set;
    }

    /** Roles that an endpoint plays: those it declares, their families, and {@code listed}. */
    BitSet played(Collection<String> names) {
        BitSet set = stated(names);
        for (String name : names) {
            String family = Roles.family(name);
            if (family != null) {
                set.set(number(family));
            }
        }
        set.set(number(Roles.LISTED));
        return set;
    }

    boolean anyInfrastructure(BitSet roles) {
        return roles.intersects(infrastructure);
    }

    boolean allInfrastructure(BitSet roles) {
        var rest = (BitSet) roles.clone();
        rest.andNot(infrastructure);
        return rest.isEmpty();
    }

    boolean anyExternal(BitSet roles) {
        return roles.intersects(external);
    }

    private int number(String name) {
        Integer known = numbers.get(name);
        if (known != null) {
            return known;
        }
        int number = numbers.size();
        numbers.put(name, number);
        infrastructure.set(number, Roles.kind(name) == Roles.Kind.INFRASTRUCTURE);
        external.set(number, Roles.kind(name) == Roles.Kind.EXTERNAL);
        return number;
    }
}
