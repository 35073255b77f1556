package io.flowwarden.draft;

import io.flowwarden.net.Address;
import io.flowwarden.net.Prefix;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** At which site the exporters stand. */
final class Routers {
    private Routers() {}

    /** Gives each exporter to the site that its address is of, else to the one it is beside. */
    static void place(List<Site> sites, Labels labels) {
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
                String router = labels.router(Host.first(subnet.prefix()));
                if (router != null) {
                    beside.putIfAbsent(router, site);
                }
            }
        }
        reports.forEach(
                (name, bySite) -> {
                    long[] address = Address.parse(name);
                    if (address == null || !new Host(address[0], address[1]).isUsable()) {
                        return;
                    }
                    Site stands = standing(sites, new Host(address[0], address[1]));
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
    private static Site standing(List<Site> sites, Host host) {
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
}
