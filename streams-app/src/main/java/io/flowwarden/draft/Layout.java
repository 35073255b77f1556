package io.flowwarden.draft;

import io.flowwarden.net.Address;
import io.flowwarden.net.Prefix;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
    private static final String ROUTER = "router ";
    private static final String VPC = "vpc ";

    private final TreeMap<Host, Subnet> subnets = new TreeMap<>();
    private final Map<Host, String> labels = new HashMap<>();
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
        labelByRouter();
        labelByNetwork(seen.interfaces());
        separate();
        joinByRegion();
        joinByLabel();
        joinByService();
        build();
        placeExporters();
    }

    /** The most populous first. */
    List<Site> sites() {
        return sites;
    }

    /** The site of an address, or null. */
    Site of(Host host) {
        return siteOf.get(Host.first(host.subnet()));
    }

    private void labelByRouter() {
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

    private void labelByNetwork(Collection<Interface> interfaces) {
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
                            .filter(labels::containsKey)
                            .max(Comparator.comparingLong(key -> subnets.get(key).weight()))
                            .orElse(members.get(0));
            String label = labels.get(busiest);
            for (Host member : members) {
                String own = labels.get(member);
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
                            String label = labels.get(key);
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
            boolean labelled = labels.containsKey(client) && labels.containsKey(server);
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
        String label =
                all.stream()
                        .map(subnet -> labels.get(Host.first(subnet.prefix())))
                        .filter(each -> each != null && each.startsWith(VPC))
                        .findFirst()
                        .orElse(null);
        String base =
                label == null
                        ? "site-" + Names.digits(busiest.region())
                        : Names.of("vpc", label.substring(VPC.length()));
        return Names.free(base, taken);
    }

    private void placeExporters() {
        var reports = new TreeMap<String, Map<Site, Subnet.Reports>>();
        var beside = new HashMap<String, Site>();
        for (Site site : sites) {
            for (Subnet subnet : site.subnets()) {
                subnet.exporters()
                        .forEach(
                                (name, part) ->
                                        reports.computeIfAbsent(name, each -> new HashMap<>())
                                                .computeIfAbsent(site, each -> new Subnet.Reports())
                                                .add(part));
                String label = labels.get(Host.first(subnet.prefix()));
                if (label != null && label.startsWith(ROUTER)) {
                    beside.putIfAbsent(label.substring(ROUTER.length()), site);
                }
            }
        }
        reports.forEach(
                (name, bySite) -> {
                    long[] address = Address.parse(name);
                    if (address == null || !new Host(address[0], address[1]).isUsable()) {
                        return;
                    }
                    Site stands = standing(new Host(address[0], address[1]));
                    Site site = stands != null ? stands : beside.get(name);
                    if (site != null) {
                        site.exporters().put(name, exporter(site, bySite));
                    }
                });
    }

    private static Site.Exporter exporter(Site site, Map<Site, Subnet.Reports> reports) {
        Subnet.Reports here = reports.getOrDefault(site, new Subnet.Reports());
        long local = reports.values().stream().mapToLong(Subnet.Reports::local).sum();
        // It would be taken for a witness of this side only.
        return new Site.Exporter(here.all(), (local - here.local()) * 10 <= local);
    }

    /** The site that has an address in its networks, by the most specific of them, or null. */
    private Site standing(Host host) {
        Site found = null;
        int longest = -1;
        for (Site site : sites) {
            for (Prefix network : site.networks()) {
                if (network.length() > longest && network.contains(host.hi(), host.lo())) {
                    longest = network.length();
                    found = site;
                }
            }
        }
        return found;
    }

    private boolean plays(Host host, String role) {
        Cast cast = casts.get(host);
        return cast != null && cast.is(role);
    }
}
