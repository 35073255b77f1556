package io.flowwarden.draft;

import io.flowwarden.net.Prefix;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Subnets that seem to be at one place. */
final class Site {
    /**
     * A router that stands here.
     *
     * @param flows of this site that it reports
     * @param here false where it reports much of what other sites keep to themselves
     */
    record Exporter(long flows, boolean here) {}

    private final String name;
    private final List<Subnet> subnets;
    private final List<Prefix> networks = new ArrayList<>();
    private final TreeMap<String, Exporter> exporters = new TreeMap<>();

    Site(String name, List<Subnet> subnets) {
        this.name = name;
        this.subnets = List.copyOf(subnets);
    }

    String name() {
        return name;
    }

    List<Subnet> subnets() {
        return subnets;
    }

    /** What an estate says of it; whole regions where no other place has a part of them. */
    List<Prefix> networks() {
        return networks;
    }

    /** By address. */
    TreeMap<String, Exporter> exporters() {
        return exporters;
    }

    int hosts() {
        return subnets.stream().mapToInt(Subnet::hosts).sum();
    }

    /** Flows with an end here; one between two regions of it counts twice. */
    long flows() {
        return subnets.stream().mapToLong(Subnet::flows).sum();
    }

    Span span() {
        var span = new Span();
        subnets.forEach(subnet -> span.add(subnet.span()));
        return span;
    }
}
