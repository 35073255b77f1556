package io.flowwarden.draft;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Roles of one host, each sure or with the doubt that keeps it out of the estate. */
final class Cast {
    private static final String SURE = "";

    private final Map<String, String> doubts = new TreeMap<>();

    void sure(String role) {
        doubts.put(role, SURE);
    }

    /** A role that stays out unless something else makes it sure; the first doubt is told. */
    void unsure(String role, String doubt) {
        doubts.putIfAbsent(role, doubt);
    }

    /** Takes a role back that was sure. */
    void doubt(String role, String doubt) {
        doubts.put(role, doubt);
    }

    boolean is(String role) {
        return SURE.equals(doubts.get(role));
    }

    boolean isAnything() {
        return doubts.containsValue(SURE);
    }

    List<String> roles() {
        return doubts.entrySet().stream()
                .filter(role -> role.getValue().equals(SURE))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Roles that it may also play, with their doubts. */
    Map<String, String> unsure() {
        var unsure = new TreeMap<>(doubts);
        new ArrayList<>(roles()).forEach(unsure::remove);
        return unsure;
    }
}
