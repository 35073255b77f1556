package io.flowwarden.roster;

import io.flowwarden.schemas.Maintenance;
import java.util.List;
import java.util.Set;

/** When nobody wants to be told: a maintenance window of the estate. */
public final class Silence {
    /** What a maintenance is about unless it names kinds (design: the estate). */
    private static final Set<String> ABSENCE_BLOCKAGE_CAPACITY =
            Set.of(
                    "replication",
                    "heartbeat",
                    "backup",
                    "migration",
                    "service",
                    "link",
                    "capacity");

    private final String name;
    private final Maintenance body;
    private final Calendar calendar;

    Silence(String name, Maintenance body) {
        this.name = name;
        this.body = body;
        calendar = body.getWindow() == null ? null : new Calendar(body.getWindow(), body.getDays());
    }

    public String name() {
        return name;
    }

    /** The end of the window that a time lies in, epoch ms, or null. */
    public Long until(long at) {
        if (calendar != null) {
            Calendar.Opening opening = calendar.lastBefore(at);
            return opening != null && opening.contains(at) ? (Long) opening.end() : null;
        }
        boolean inside =
                (body.getFromMillis() == null || at >= body.getFromMillis())
                        && (body.getToMillis() == null || at < body.getToMillis());
        return inside ? body.getToMillis() == null ? Long.MAX_VALUE : body.getToMillis() : null;
    }

    /**
     * Whether it speaks of such an alert. A match that names nothing speaks of all.
     *
     * @param alertClass class of the alert
     * @param kind kind of the alert
     * @param link its link, or null
     * @param sites sites that it concerns
     * @param endpoints endpoints that it concerns
     */
    public boolean covers(
            String alertClass,
            String kind,
            String link,
            List<String> sites,
            List<String> endpoints) {
        boolean wanted =
                body.getKinds().isEmpty()
                        ? ABSENCE_BLOCKAGE_CAPACITY.contains(alertClass)
                        : body.getKinds().contains(kind) || body.getKinds().contains(alertClass);
        return wanted
                && (body.getSites().isEmpty() || body.getSites().stream().anyMatch(sites::contains))
                && (body.getEndpoints().isEmpty()
                        || body.getEndpoints().stream().anyMatch(endpoints::contains))
                && (body.getLinks().isEmpty() || link != null && body.getLinks().contains(link));
    }
}
