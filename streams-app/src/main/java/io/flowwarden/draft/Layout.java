package io.flowwarden.draft;

import io.flowwarden.net.Prefix;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which subnets stand at one place. In this order: a VPC is a place; a router that reports more of
 * a subnet's local traffic than any other stands beside it; what no router tells apart is planned
 * by region (10.1.0.0/16); services that the catalog keeps within a site join, and appliances of
 * two sites and replication keep apart.
 */
final class Layout {
    private final TreeMap<Host, Subnet> subnets = new TreeMap<>();
    private final Labels labels;
    private final Groups groups = new Groups();
    private final List<Talk> talks;
    private final Map<Host, Cast> casts;
    private final List<Site> sites = new ArrayList<>();
    private final Map<Host, Site> siteOf = new HashMap<>();

    Layout(Observations seen, Map<Host, Cast> casts) {
        this.talks = seen.talks();
        this.casts = casts;
        Set<Host> needed = new HashSet<>();
        casts.forEach(
                (host, cast) -> {
                    if (cast.isAnything()) {
                        needed.add(Host.first(host.subnet()));
                    }
                });
        for (Subnet subnet : seen.subnets()) {
            Host key = Host.first(subnet.prefix());
            if (key.isPrivate() || needed.contains(key)) {
                subnets.put(key, subnet);
            }
        }
        labels = new Labels(subnets, seen.interfaces());
        separate();
        joinByRegion();
        joinByLabel();
        joinByService();
        build();
        Routers.place(sites, labels);
    }

    /** The most populous first. */
    List<Site> sites() {
        return sites;
    }

    /** The site of an address, or null. */
    Site of(Host host) {
        return siteOf.get(Host.first(host.subnet()));
    }

    private void separate() {
        for (Talk talk : talks) {
            boolean appliances =
                    talk.service() == Service.APPLIANCE_PAIR
                            && plays(talk.client(), Casting.APPLIANCE)
                            && plays(talk.server(), Casting.APPLIANCE);
            boolean replicates =
                    talk.service().isReplication()
                            && talk.service() != Service.JETSTREAM_DATA
                            && plays(talk.client(), Casting.ESXI_HOST)
                            && !talk.client().region().equals(talk.server().region());
            if (appliances || replicates) {
                groups.separate(
                        Host.first(talk.client().subnet()), Host.first(talk.server().subnet()));
            }
        }
    }

    private void joinByRegion() {
        var regions = new TreeMap<Host, List<Host>>();
        subnets.forEach(
                (key, subnet) ->
                        regions.computeIfAbsent(
                                        Host.first(subnet.region()), region -> new ArrayList<>())
                                .add(key));
        for (List<Host> members : regions.values()) {
            // Two VPCs or two routers share it: its other subnets go with the busiest of them.
            Host busiest =
                    members.stream()
                            .filter(key -> labels.of(key) != null)
                            .max(Comparator.comparingLong(key -> subnets.get(key).weight()))
                            .orElse(members.get(0));
            String label = labels.of(busiest);
            for (Host member : members) {
                String own = labels.of(member);
                if (own == null || own.equals(label)) {
                    groups.join(busiest, member);
                }
            }
        }
    }

    private void joinByLabel() {
        var first = new HashMap<String, Host>();
        subnets.keySet()
                .forEach(
                        key -> {
                            String label = labels.of(key);
                            Host before = label == null ? null : first.putIfAbsent(label, key);
                            if (before != null) {
                                groups.join(before, key);
                            }
                        });
    }

    private void joinByService() {
        for (Talk talk : talks) {
            boolean within =
                    switch (talk.service()) {
                        case REPLICATION_CONTROL, JETSTREAM_DATA, JETSTREAM_CONTROL, ISCSI -> true;
                        default -> false;
                    };
            Host client = Host.first(talk.client().subnet());
            Host server = Host.first(talk.server().subnet());
            boolean known =
                    casts.containsKey(talk.server())
                            && casts.get(talk.server()).isAnything()
                            && subnets.containsKey(client)
                            && subnets.containsKey(server);
            boolean labelled = labels.of(client) != null && labels.of(server) != null;
            if (within && known && !labelled) {
                groups.join(client, server);
            }
        }
    }

    private void build() {
        var members = new TreeMap<Host, List<Subnet>>();
        subnets.forEach(
                (key, subnet) ->
                        members.computeIfAbsent(groups.of(key), top -> new ArrayList<>())
                                .add(subnet));
        var owners = owners();
        var names = new TreeSet<String>();
        members.values().stream()
                .sorted(
                        Comparator.comparingLong(
                                        (List<Subnet> all) ->
                                                -all.stream().mapToLong(Subnet::weight).sum())
                                .thenComparing(all -> Host.first(all.get(0).prefix())))
                .forEach(
                        all -> {
                            var site = new Site(name(all, names), all);
                            site.networks().addAll(networks(all, owners));
                            sites.add(site);
                            all.forEach(subnet -> siteOf.put(Host.first(subnet.prefix()), site));
                        });
    }

    /** Of each region the place that is busiest there: it gets the region as a whole. */
    private Map<Prefix, Host> owners() {
        var busy = new HashMap<Prefix, TreeMap<Host, Long>>();
        subnets.forEach(
                (key, subnet) ->
                        busy.computeIfAbsent(subnet.region(), region -> new TreeMap<>())
                                .merge(groups.of(key), subnet.weight(), Long::sum));
        var owners = new HashMap<Prefix, Host>();
        busy.forEach(
                (region, places) ->
                        places.entrySet().stream()
                                .max(Map.Entry.comparingByValue())
                                .ifPresent(best -> owners.put(region, best.getKey())));
        return owners;
    }

    private List<Prefix> networks(List<Subnet> all, Map<Prefix, Host> owners) {
        var networks = new TreeMap<Host, Prefix>();
        for (Subnet subnet : all) {
            Host key = Host.first(subnet.prefix());
            Prefix region = subnet.region();
            boolean whole = groups.of(key).equals(owners.get(region));
            Prefix network = whole ? region : subnet.prefix();
            networks.merge(Host.first(network), network, (a, b) -> a.length() < b.length() ? a : b);
        }
        return List.copyOf(networks.values());
    }

    private String name(List<Subnet> all, Set<String> taken) {
        Subnet busiest =
                all.stream().max(Comparator.comparingLong(Subnet::weight)).orElse(all.get(0));
        String network =
                all.stream()
                        .map(subnet -> labels.network(Host.first(subnet.prefix())))
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null);
        String base =
                network == null
                        ? "site-" + Names.digits(busiest.region())
                        : Names.of("vpc", network);
        return Names.free(base, taken);
    }

    private boolean plays(Host host, String role) {
        Cast cast = casts.get(host);
        return cast != null && cast.is(role);
    }
}
