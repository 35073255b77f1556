package io.flowwarden.roster;

import io.flowwarden.net.Prefix;
import io.flowwarden.schemas.Capacity;
import io.flowwarden.schemas.Endpoint;
import io.flowwarden.schemas.EstateEntry;
import io.flowwarden.schemas.Link;
import io.flowwarden.schemas.Site;
import io.flowwarden.schemas.Source;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What must be there, and who is to see it: links, sources, maintenance and capacity of the estate,
 * compiled. Immutable.
 */
public final class Roster {
    public static final Roster EMPTY = new Roster(List.of(), null);

    private static final DeclaredLink[] NONE = {};

    private final String revision;
    private final Map<String, DeclaredLink> links = new LinkedHashMap<>();

    /** By transport: ports that some link is about. */
    private final BitSet[] ports = {new BitSet(), new BitSet(), new BitSet()};

    private final Map<Integer, DeclaredLink[]> byService = new HashMap<>();
    private final List<DeclaredSource> sources = new ArrayList<>();
    private final Map<String, String> siteOfExporter = new LinkedHashMap<>();

    /** Addresses of endpoints, the larger prefix first, with whether they come and go. */
    private final List<Map.Entry<Prefix, Boolean>> transients = new ArrayList<>();

    private final List<Silence> silences = new ArrayList<>();
    private final List<Capacity> capacities = new ArrayList<>();

    private Roster(List<EstateEntry> estate, String revision) {
        this.revision = revision;
        var endpoints = new HashMap<String, Endpoint>();
        var sites = new LinkedHashMap<String, Site>();
        boolean anyTransient = false;
        for (EstateEntry entry : estate) {
            if (entry.getBody() instanceof Endpoint endpoint) {
                endpoints.put(entry.getName(), endpoint);
                anyTransient |= endpoint.getTransient$();
            } else if (entry.getBody() instanceof Site site) {
                sites.put(entry.getName(), site);
                site.getExporters().forEach(e -> siteOfExporter.put(e, entry.getName()));
            } else if (entry.getBody() instanceof Source source) {
                sources.add(new DeclaredSource(source));
            } else if (entry.getBody() instanceof Capacity capacity) {
                capacities.add(capacity);
            } else if (entry.getBody() instanceof io.flowwarden.schemas.Maintenance quiet) {
                silences.add(new Silence(entry.getName(), quiet));
            }
        }
        // The pattern that says most decides: the longest.
        sources.sort(Comparator.comparingInt(s -> -s.pattern().length()));
        if (anyTransient) {
            for (Endpoint endpoint : endpoints.values()) {
                for (String address : endpoint.getAddresses()) {
                    transients.add(Map.entry(Prefix.parse(address), endpoint.getTransient$()));
                }
            }
            transients.sort(Comparator.comparingInt(t -> t.getKey().length()));
        }
        var places = new Places(endpoints, sites);
        for (EstateEntry entry : estate) {
            if (entry.getBody() instanceof Link link) {
                add(
                        new DeclaredLink(
                                entry.getName(),
                                link,
                                Service.parse(link.getService()),
                                places.prefixes(link.getFrom()),
                                places.prefixes(link.getTo()),
                                places.site(link.getFrom()),
                                places.site(link.getTo())));
            }
        }
    }

    /**
     * @param estate entries as published, in any order; null is no estate
     * @param revision hash of the estate, or null
     */
    public static Roster compile(List<EstateEntry> estate, String revision) {
        return estate == null ? EMPTY : new Roster(estate, revision);
    }

    private void add(DeclaredLink link) {
        links.put(link.name(), link);
        ports[link.transport()].set(link.port(), link.lastPort() + 1);
        for (int port = link.port(); port <= link.lastPort(); port++) {
            byService.merge(
                    key(link.transport(), port),
                    new DeclaredLink[] {link},
                    (old, one) -> {
                        var more = new ArrayList<>(List.of(old));
                        more.add(link);
                        return more.toArray(DeclaredLink[]::new);
                    });
        }
    }

    private static int key(int transport, int port) {
        return transport << 16 | port;
    }

    public String revision() {
        return revision;
    }

    public List<DeclaredLink> links() {
        return List.copyOf(links.values());
    }

    /** The link of this name, or null. */
    public DeclaredLink link(String name) {
        return links.get(name);
    }

    /** Name of the first link that is about the beats of this host, or null. */
    public String beatsOf(String host) {
        String first = null;
        for (DeclaredLink link : links.values()) {
            boolean earlier = first == null || link.name().compareTo(first) < 0;
            first = earlier && link.membersOf(host) != null ? link.name() : first;
        }
        return first;
    }

    public boolean hasLinks() {
        return !links.isEmpty();
    }

    /**
     * Links about a service, to be asked with {@link DeclaredLink#covers}. Mostly none: that costs
     * one bit.
     *
     * @param protocol IANA number
     * @param port 0 for ICMP
     */
    public DeclaredLink[] on(long protocol, int port) {
        int transport = Service.of(protocol);
        if (transport < 0 || !ports[transport].get(port)) {
            return NONE;
        }
        return byService.get(key(transport, port));
    }

    /** What the estate says of a source; the exporter may be null. */
    public SourceFacts facts(String source, String exporter) {
        Long delay = null;
        String side = exporter == null ? null : siteOfExporter.get(exporter);
        Integer sampling = null;
        for (int s = sources.size() - 1; s >= 0; s--) {
            DeclaredSource declared = sources.get(s);
            if (declared.matches(source)) {
                delay = declared.delay() == null ? delay : declared.delay();
                side = declared.side() == null ? side : declared.side();
                sampling = declared.sampling() == null ? sampling : declared.sampling();
            }
        }
        return new SourceFacts(delay, side, sampling);
    }

    /** Whether an address comes and goes by what the estate says of it: it is never missed. */
    public boolean isTransient(long hi, long lo) {
        boolean is = false;
        for (var one : transients) {
            is = one.getKey().contains(hi, lo) ? one.getValue() : is;
        }
        return is;
    }

    /** Exporters that sites list, with their sites. */
    public Map<String, String> exporters() {
        return Map.copyOf(siteOfExporter);
    }

    public List<Silence> silences() {
        return List.copyOf(silences);
    }

    public List<Capacity> capacities() {
        return List.copyOf(capacities);
    }

    /** Whether a link means the same in both: it goes on with what was seen of it. */
    public boolean keeps(Roster before, String link) {
        DeclaredLink now = links.get(link);
        return now != null && now.sameAs(before.links.get(link));
    }

    /** Parties of links: endpoints, sites and prefixes. */
    private record Places(Map<String, Endpoint> endpoints, Map<String, Site> sites) {
        List<Prefix> prefixes(String party) {
            Endpoint endpoint = endpoints.get(party);
            Site site = sites.get(party);
            List<String> texts =
                    endpoint != null
                            ? endpoint.getAddresses()
                            : site != null ? site.getNetworks() : List.of(party);
            return texts.stream().map(Prefix::parse).filter(p -> p != null).toList();
        }

        /** The site of a party, if all of it lies in one. */
        String site(String party) {
            Endpoint endpoint = endpoints.get(party);
            if (endpoint != null && endpoint.getSite() != null) {
                return endpoint.getSite();
            }
            if (sites.containsKey(party)) {
                return party;
            }
            String found = null;
            for (Prefix prefix : prefixes(party)) {
                String site = siteOf(prefix);
                if (site == null || found != null && !found.equals(site)) {
                    return null;
                }
                found = site;
            }
            return found;
        }

        private String siteOf(Prefix prefix) {
            String found = null;
            int longest = -1;
            for (var site : sites.entrySet()) {
                for (String text : site.getValue().getNetworks()) {
                    Prefix network = Prefix.parse(text);
                    if (network != null
                            && network.length() <= prefix.length()
                            && network.length() > longest
                            && network.contains(prefix.hi(), prefix.lo())) {
                        found = site.getKey();
                        longest = network.length();
                    }
                }
            }
            return found;
        }
    }
}
