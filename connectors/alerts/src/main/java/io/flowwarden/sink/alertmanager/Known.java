package io.flowwarden.sink.alertmanager;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** The alerts that are sent again and again, bounded. */
final class Known {
    /** Longest chain of causes that is followed; a longer one, or a circle, ends there. */
    private static final int DEPTH = 8;

    private final int most;
    private final Map<String, Firing> byId = new LinkedHashMap<>();
    private long forgotten;

    Known(int most) {
        this.most = most;
    }

    Firing get(String id) {
        return byId.get(id);
    }

    void put(Firing firing) {
        if (byId.put(firing.id(), firing) == null && byId.size() > most) {
            forgetOne();
        }
    }

    /** A cause matters more than what it explains. */
    private void forgetOne() {
        String eldest = null;
        for (Firing each : byId.values()) {
            if (each.cause() != null) {
                eldest = each.id();
                break;
            }
        }
        byId.remove(eldest == null ? byId.keySet().iterator().next() : eldest);
        forgotten++;
    }

    void remove(String id) {
        byId.remove(id);
    }

    Collection<Firing> all() {
        return byId.values();
    }

    /** Alerts that had to make room. */
    long forgotten() {
        return forgotten;
    }

    /** The alert at the beginning of the causes of this one. */
    String incident(Firing firing) {
        String id = firing.id();
        Firing at = firing;
        for (int i = 0; i < DEPTH && at != null && at.cause() != null; i++) {
            id = at.cause();
            at = byId.get(id);
        }
        return id;
    }
}
