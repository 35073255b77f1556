package io.flowwarden.draft;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Subnets joined into places, except where something says that two are apart (union-find). */
final class Groups {
    private final Map<Host, Host> parents = new HashMap<>();
    private final List<Host[]> apart = new ArrayList<>();

    /** Says that two stand at different places. */
    void separate(Host one, Host other) {
        apart.add(new Host[] {one, other});
    }

    /** Puts both at one place, unless parts of them are apart. */
    void join(Host one, Host other) {
        Host first = of(one);
        Host second = of(other);
        if (first.equals(second)) {
            return;
        }
        for (Host[] pair : apart) {
            Host left = of(pair[0]);
            Host right = of(pair[1]);
            if (left.equals(first) && right.equals(second)
                    || left.equals(second) && right.equals(first)) {
                return;
            }
        }
        // The lower one stands for both, so the order of joining changes nothing.
        if (first.compareTo(second) < 0) {
            parents.put(second, first);
        } else {
            parents.put(first, second);
        }
    }

    /** Who stands for the place of a subnet. */
    Host of(Host member) {
        Host at = member;
        for (Host up = parents.get(at); up != null; up = parents.get(at)) {
            at = up;
        }
        if (!at.equals(member)) {
            parents.put(member, at);
        }
        return at;
    }
}
