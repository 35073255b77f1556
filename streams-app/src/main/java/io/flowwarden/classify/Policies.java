package io.flowwarden.classify;

import io.flowwarden.schemas.EstateEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Policies of an estate in the order in which they are asked. */
final class Policies {
    private Policies() {}

    static List<EstateEntry> ordered(List<EstateEntry> estate) {
        return estate.stream()
                .filter(e -> e.getBody() instanceof io.flowwarden.schemas.Policy)
                .sorted(
                        Comparator.comparingInt((EstateEntry e) -> body(e).getPosition())
                                .thenComparing(EstateEntry::getName))
                .toList();
    }

    static io.flowwarden.schemas.Policy body(EstateEntry entry) {
        return (io.flowwarden.schemas.Policy) entry.getBody();
    }

    static List<Policy> compile(List<EstateEntry> ordered, Epochs epochs) {
        List<Policy> policies = new ArrayList<>();
        for (EstateEntry entry : ordered) {
            io.flowwarden.schemas.Policy body = body(entry);
            policies.add(
                    new Policy(
                            policies.size(),
                            entry.getName(),
                            body.getAllow(),
                            body.getServices().stream().map(Policies::service).toList(),
                            epochs.last(body.getUntil()),
                            body.getBecause()));
        }
        return policies;
    }

    /** {@code port/transport}, {@code from-to/transport} or {@code icmp}; validated earlier. */
    private static PortRange service(String text) {
        if (text.equals("icmp")) {
            return new PortRange(Service.ICMP, 0, 0);
        }
        int slash = text.indexOf('/');
        int dash = text.indexOf('-');
        int from = Integer.parseInt(text.substring(0, dash < 0 ? slash : dash).trim());
        int to = dash < 0 ? from : Integer.parseInt(text.substring(dash + 1, slash).trim());
        return new PortRange(Service.of(text.substring(slash + 1).trim()), from, to);
    }
}
