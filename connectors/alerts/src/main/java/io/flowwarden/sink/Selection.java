package io.flowwarden.sink;

import io.flowwarden.schemas.Alert;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Which records of alerts become messages for people. Remembers what it told, the last {@link
 * #REMEMBERED} alerts, in memory only: after a restart the next record of an open alert is told
 * again.
 */
public final class Selection {
    private static final int REMEMBERED = 10_000;

    private final boolean children;
    private final boolean everyUpdate;
    private final Map<String, Told> told =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Told> eldest) {
                    return size() > REMEMBERED;
                }
            };

    private record Told(String kind, String severity, String cause, String ackedBy) {
        static Told of(Alert alert) {
            return new Told(
                    alert.getKind(), alert.getSeverity(), alert.getCause(), alert.getAckedBy());
        }
    }

    /**
     * @param children whether alerts are told that another one explains
     * @param everyUpdate whether an update is told that changes neither kind nor severity
     */
    public Selection(boolean children, boolean everyUpdate) {
        this.children = children;
        this.everyUpdate = everyUpdate;
    }

    /** What to say of this record, or null for nothing. */
    Activity of(Alert alert) {
        Told before = told.get(alert.getId());
        boolean hidden = alert.getMutedBy() != null || (alert.getCause() != null && !children);
        if (States.isResolved(alert)) {
            // Who heard of the beginning hears of the end, whatever explains it meanwhile.
            return before != null || !hidden ? Activity.CLOSE : null;
        }
        if (hidden) {
            return null;
        }
        if (before == null) {
            return Activity.CREATE;
        }
        return everyUpdate || !Objects.equals(before, Told.of(alert)) ? Activity.UPDATE : null;
    }

    void told(Alert alert) {
        if (States.isResolved(alert)) {
            told.remove(alert.getId());
        } else {
            told.put(alert.getId(), Told.of(alert));
        }
    }
}
