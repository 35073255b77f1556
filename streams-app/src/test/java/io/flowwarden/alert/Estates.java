package io.flowwarden.alert;

import io.flowwarden.schemas.EstateEntry;
import io.flowwarden.schemas.Link;
import io.flowwarden.schemas.Maintenance;
import io.flowwarden.schemas.Site;
import io.flowwarden.schemas.Source;
import io.flowwarden.schemas.Window;
import java.util.ArrayList;
import java.util.List;

/** Two sites, an exporter each, a heartbeat, a replication and a backup link. */
final class Estates {
    static final String PARIS = "netflow/10.1.255.1/0";
    static final String LYON = "netflow/10.2.255.1/0";

    private Estates() {}

    static List<EstateEntry> twoSites() {
        return withBeatsOf(List.of("10.1.10.11", "10.1.10.12"));
    }

    static List<EstateEntry> withBeatsOf(List<String> hosts) {
        var entries = new ArrayList<EstateEntry>();
        entries.add(site("paris", "10.1.0.0/16", "10.1.255.1"));
        entries.add(site("lyon", "10.2.0.0/16", "10.2.255.1"));
        entries.add(
                link(
                        "beats",
                        "heartbeat",
                        "10.1.10.0/24",
                        "10.1.20.2",
                        "902/udp",
                        hosts,
                        10_000L,
                        6,
                        null,
                        null,
                        null));
        entries.add(
                link(
                        "across",
                        "heartbeat",
                        "10.1.10.0/24",
                        "10.2.20.2",
                        "8043/tcp",
                        List.of(),
                        10_000L,
                        6,
                        null,
                        null,
                        null));
        entries.add(
                link(
                        "dr",
                        "replication",
                        "10.1.10.0/24",
                        "10.2.20.5",
                        "31031/tcp",
                        List.of(),
                        null,
                        null,
                        900_000L,
                        1_000_000L,
                        null));
        entries.add(
                link(
                        "nightly",
                        "backup",
                        "10.1.30.5",
                        "10.1.10.0/24",
                        "902/tcp",
                        List.of(),
                        null,
                        null,
                        null,
                        1_000L,
                        new Window(60, 75, 120, "UTC")));
        return entries;
    }

    static EstateEntry quiet(String link, String from, String to) {
        return new EstateEntry(
                "maintenance",
                "upgrade",
                new Maintenance(
                        SettleTimeline.time(from),
                        SettleTimeline.time(to),
                        List.of(),
                        null,
                        List.of(),
                        List.of(),
                        List.of(link),
                        List.of()));
    }

    /** Where a source stands. */
    static EstateEntry side(String source, String site) {
        return new EstateEntry("source", source, new Source(source, null, site, false, null));
    }

    private static EstateEntry site(String name, String network, String exporter) {
        return new EstateEntry("site", name, new Site(List.of(network), List.of(exporter), false));
    }

    private static EstateEntry link(
            String name,
            String kind,
            String from,
            String to,
            String service,
            List<String> each,
            Long every,
            Integer misses,
            Long rpo,
            Long minBytes,
            Window window) {
        return new EstateEntry(
                "link",
                name,
                new Link(
                        kind, from, to, service, each, false, List.of(), every, misses, rpo,
                        minBytes, List.of(), window));
    }
}
