package io.flowwarden.draft;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.TreeMap;

/** What tells where a subnet is: the VPC that it belongs to, else the router beside it. */
final class Labels {
    private static final String ROUTER = "router ";
    private static final String VPC = "vpc ";

    private final Map<Host, String> labels = new HashMap<>();

    /**
     * @param subnets by their first address
     */
    Labels(Map<Host, Subnet> subnets, Collection<Interface> interfaces) {
        byRouter(subnets);
        byNetwork(interfaces);
    }

    /** Equal for subnets that are at one place; null where nothing tells. */
    String of(Host subnet) {
        return labels.get(subnet);
    }

    /** The VPC or VNet of a subnet, or null. */
    String network(Host subnet) {
        return after(VPC, subnet);
    }

    /** The router beside a subnet, or null. */
    String router(Host subnet) {
        return after(ROUTER, subnet);
    }

    private String after(String kind, Host subnet) {
        String label = labels.get(subnet);
        return label != null && label.startsWith(kind) ? label.substring(kind.length()) : null;
    }

    private void byRouter(Map<Host, Subnet> subnets) {
        var homes = new HashMap<Host, String>();
        subnets.forEach(
                (key, subnet) -> {
                    String home = home(subnet);
                    if (home != null) {
                        homes.put(key, ROUTER + home);
                    }
                });
        // A router that is beside everything tells nothing.
        if (new HashSet<>(homes.values()).size() > 1) {
            labels.putAll(homes);
        }
    }

    /** The exporter that plainly stands beside a subnet, or null. */
    private static String home(Subnet subnet) {
        boolean local =
                subnet.exporters().values().stream().anyMatch(reports -> reports.local() > 0);
        String best = null;
        long most = 0;
        long second = 0;
        for (var exporter : subnet.exporters().entrySet()) {
            long count = local ? exporter.getValue().local() : exporter.getValue().all();
            if (count > most) {
                second = most;
                most = count;
                best = exporter.getKey();
            } else {
                second = Math.max(second, count);
            }
        }
        return most >= 2 * second ? best : null;
    }

    private void byNetwork(Collection<Interface> interfaces) {
        var votes = new TreeMap<Host, TreeMap<String, Long>>();
        for (Interface each : interfaces) {
            Host own = each.own();
            if (own != null) {
                votes.computeIfAbsent(Host.first(own.subnet()), key -> new TreeMap<>())
                        .merge(each.network(), each.flows(), Long::sum);
            }
        }
        votes.forEach(
                (subnet, networks) ->
                        networks.entrySet().stream()
                                .max(
                                        Map.Entry.<String, Long>comparingByValue()
                                                .thenComparing(Map.Entry.comparingByKey()))
                                .ifPresent(best -> labels.put(subnet, VPC + best.getKey())));
    }
}
