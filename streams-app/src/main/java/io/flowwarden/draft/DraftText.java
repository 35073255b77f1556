package io.flowwarden.draft;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** The draft as an estate file: what is sure stands, what is not is a comment with its doubt. */
final class DraftText {
    private static final int MOST_SITES = 32;
    private static final int MOST_UNSURE = 40;
    private static final int MOST_LINKS = 200;

    /** A private network with fewer hosts and without a role may be a forged address or two. */
    private static final int FEWEST_HOSTS = 3;

    private final Observations seen;
    private final Map<Host, Cast> casts;
    private final Evidence evidence;
    private final Layout layout;
    private final Parties parties;
    private final TreeSet<String> names = new TreeSet<>();
    private final List<String> lines = new ArrayList<>();

    DraftText(Observations seen) {
        this.seen = seen;
        List<Talk> talks = seen.talks();
        casts = Casting.of(talks);
        evidence = new Evidence(talks);
        layout = new Layout(seen, casts);
        // A link takes an endpoint or a site by name, so no two of them may share one.
        layout.sites().forEach(site -> names.add(site.name()));
        parties = new Parties(casts, layout, names);
    }

    List<String> lines() {
        heading();
        sites();
        endpoints();
        links();
        return lines;
    }

    private void heading() {
        lines.add(
                "# A first estate, drafted from "
                        + Words.count(seen.flows(), "flow")
                        + ", "
                        + seen.span().text()
                        + ".");
        lines.add(
                "# It says what the traffic looks like, not what it should: read it, name things,");
        lines.add(
                "# correct roles, and take the # from what is right. To judge the same input by it:");
        lines.add("#     flowwarden analyze INPUT... --estate estate.yaml");
        if (seen.unoriented() > 0) {
            lines.add(
                    "# "
                            + Words.count(seen.unoriented(), "flow")
                            + " on telling ports not used: who is the client is a guess.");
        }
        seen.forgotten().forEach(line -> lines.add("# " + line));
    }

    private void sites() {
        var written = new ArrayList<String>();
        boolean any = false;
        for (Site site : first(layout.sites(), MOST_SITES)) {
            boolean stands = site.hosts() >= FEWEST_HOSTS || hasRole(site);
            any |= stands;
            written.addAll(site(site).lines(stands));
        }
        section("sites", any, written, "no private network was seen, and no role");
        more(layout.sites().size() - MOST_SITES, "site");
    }

    private Item site(Site site) {
        String about =
                Words.count(site.hosts(), "host")
                        + ", "
                        + Words.count(site.flows(), "flow")
                        + ", "
                        + site.span().text();
        var item =
                new Item()
                        .line("  - name: " + site.name(), about)
                        .line("    networks: " + Words.networks(site.networks()), "");
        if (site.exporters().values().stream().anyMatch(Site.Exporter::here)) {
            item.line("    exporters:", "");
        } else if (!site.exporters().isEmpty()) {
            item.unsure("    exporters:", "");
        }
        site.exporters()
                .forEach(
                        (name, exporter) -> {
                            String text = "      - " + Words.address(name);
                            String flows = "reports " + Words.count(exporter.flows(), "flow");
                            if (exporter.here()) {
                                item.line(text, flows);
                            } else {
                                item.unsure(text, flows + ", and what is local to other sites");
                            }
                        });
        return item;
    }

    private boolean hasRole(Site site) {
        return parties.all().stream().anyMatch(party -> party.site() == site);
    }

    private void endpoints() {
        var written = new ArrayList<String>();
        for (Party party : parties.all()) {
            written.addAll(endpoint(party).lines(true));
        }
        List<Host> unsure =
                casts.keySet().stream().filter(host -> !casts.get(host).isAnything()).toList();
        for (Host host : first(unsure, MOST_UNSURE)) {
            var roles = new ArrayList<>(casts.get(host).unsure().keySet());
            String name = roles.get(0) + "-" + Names.digits(host);
            written.addAll(
                    new Item()
                            .line(
                                    "  - {name: "
                                            + name
                                            + ", address: "
                                            + Words.address(host.text())
                                            + ", roles: ["
                                            + String.join(", ", roles)
                                            + "]}",
                                    doubts(host) + "; " + evidence.of(host))
                            .lines(false));
        }
        section("endpoints", !parties.all().isEmpty(), written, "no service told a role");
        more(unsure.size() - MOST_UNSURE, "unsure endpoint");
        more(parties.left(), "host");
    }

    private Item endpoint(Party party) {
        var item = new Item();
        if (party.hosts().size() == 1) {
            Host host = party.hosts().get(0);
            String doubts = doubts(host);
            return item.line(
                    "  - {name: "
                            + party.name()
                            + ", address: "
                            + Words.address(host.text())
                            + ", roles: ["
                            + String.join(", ", party.roles())
                            + "]"
                            + (party.roles().contains(Casting.TRANSIENT) ? ", transient: true" : "")
                            + "}",
                    evidence.of(host) + (doubts.isEmpty() ? "" : "; perhaps " + doubts));
        }
        item.line("  - name: " + party.name(), Words.count(party.hosts().size(), "host"))
                .line("    roles: [" + String.join(", ", party.roles()) + "]", "")
                .line("    addresses:", "");
        party.hosts()
                .forEach(
                        host ->
                                item.line(
                                        "      - " + Words.address(host.text()),
                                        evidence.of(host)));
        return item;
    }

    private String doubts(Host host) {
        var doubts = new ArrayList<String>();
        new TreeMap<>(casts.get(host).unsure())
                .forEach((role, doubt) -> doubts.add(role + ": " + doubt));
        return String.join(", ", doubts);
    }

    private void links() {
        var links = new Links(seen, parties, names);
        var written = new ArrayList<String>();
        first(links.items(), MOST_LINKS).forEach(written::addAll);
        boolean any = written.stream().anyMatch(line -> line.startsWith("  - "));
        section(
                "links",
                any,
                written,
                "no heartbeat, replication or backup between such endpoints");
        more(links.items().size() - MOST_LINKS, "link");
    }

    private void section(String name, boolean any, List<String> written, String none) {
        lines.add("");
        if (written.isEmpty()) {
            lines.add(name + ": []  # " + none);
            return;
        }
        // With nothing but comments behind it the key has no value, which an estate may.
        lines.add(any ? name + ":" : name + ":  # nothing is sure");
        lines.addAll(written);
    }

    private void more(int count, String what) {
        if (count > 0) {
            lines.add("  # and " + Words.count(count, what) + " more");
        }
    }

    private static <T> List<T> first(List<T> all, int most) {
        return all.subList(0, Math.min(most, all.size()));
    }
}
