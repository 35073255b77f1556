package io.flowwarden.draft;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The endpoints: plain ESXi hosts of a site are one, everybody else is one of its own. */
final class Parties {
    /** What a person can still read; more are counted. */
    private static final int MOST_HOSTS = 2_000;

    private final List<Party> all = new ArrayList<>();
    private final Map<Host, Party> of = new TreeMap<>();
    private int left;

    Parties(Map<Host, Cast> casts, Layout layout, Set<String> names) {
        var groups = new TreeMap<String, List<Host>>();
        for (var cast : casts.entrySet()) {
            Host host = cast.getKey();
            if (!cast.getValue().isAnything()) {
                continue;
            }
            if (of.size() + groups.values().stream().mapToInt(List::size).sum() >= MOST_HOSTS) {
                left++;
                continue;
            }
            Site site = layout.of(host);
            List<String> roles = cast.getValue().roles();
            if (site != null && roles.equals(List.of(Casting.ESXI_HOST))) {
                groups.computeIfAbsent(site.name(), name -> new ArrayList<>()).add(host);
            } else {
                String name = Names.free(roles.get(0) + "-" + Names.digits(host), names);
                add(new Party(name, List.of(host), roles, site));
            }
        }
        groups.forEach(
                (siteName, hosts) ->
                        add(
                                new Party(
                                        Names.free("esxi-hosts-" + siteName, names),
                                        List.copyOf(hosts),
                                        List.of(Casting.ESXI_HOST),
                                        layout.of(hosts.get(0)))));
    }

    private void add(Party party) {
        all.add(party);
        party.hosts().forEach(host -> of.put(host, party));
    }

    List<Party> all() {
        return all;
    }

    /** The endpoint of an address, or null. */
    Party of(Host host) {
        return of.get(host);
    }

    /** Hosts for which there was no room. */
    int left() {
        return left;
    }
}
