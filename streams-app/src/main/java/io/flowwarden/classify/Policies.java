package io.flowwarden.classify;

import io.flowwarden.schemas.EstateEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/** Policies of an estate in the order in which they are asked. */
final class Policies {
    private static final Pattern SERVICE =
            Pattern.compile(" *([0-9]{1,5}) *(?:- *([0-9]{1,5}) *)?/ *(tcp|udp) *");

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

    /** {@code port/transport}, {@code from-to/transport} or {@code icmp}. */
    private static PortRange service(String text) {
        if (text.equals("icmp")) {
            return new PortRange(Service.ICMP, 0, 0);
        }
        java.util.regex.Matcher matcher = SERVICE.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(text + " is no service");
        }
        int from = Integer.parseInt(matcher.group(1));
        int to = matcher.group(2) == null ? from : Integer.parseInt(matcher.group(2));
        return new PortRange(Service.of(matcher.group(3)), from, to);
    }
}
