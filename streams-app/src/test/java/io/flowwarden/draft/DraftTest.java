package io.flowwarden.draft;

import static io.flowwarden.draft.Traffic.at;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flowwarden.catalog.Catalog;
import io.flowwarden.classify.Classifier;
import io.flowwarden.classify.ConversationMemory;
import io.flowwarden.classify.JudgedFlows;
import io.flowwarden.classify.Knowledge;
import io.flowwarden.classify.Verdict;
import io.flowwarden.classify.Verdicts;
import io.flowwarden.estate.Estate;
import io.flowwarden.estate.EstateFile;
import io.flowwarden.flow.FlowColumn;
import io.flowwarden.schemas.Endpoint;
import io.flowwarden.schemas.EstateEntry;
import io.flowwarden.schemas.Link;
import io.flowwarden.schemas.Site;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Two sites over five days, from Monday on: what the draft says of them, and judges by. */
final class DraftTest {
    private static final Catalog CATALOG = Catalog.bundled();
    private static final String PARIS = "10.1.255.1";
    private static final String LYON = "10.2.255.1";
    private static final long MONDAY = at("2026-11-16T00:00:00Z");
    private static final long MINUTE = 60_000;
    private static final long DAY = 1_440 * MINUTE;

    @Test
    void sitesAreRegionsWithTheRouterThatStandsThere() {
        Estate estate = parse(draft(fiveDays()));
        assertEquals(
                Map.of(
                        "site-10-1", List.of("10.1.0.0/16") + " " + List.of(PARIS),
                        "site-10-2", List.of("10.2.0.0/16") + " " + List.of(LYON)),
                sites(estate));
    }

    @Test
    void rolesAreThoseOfTheServices() {
        Estate estate = parse(draft(fiveDays()));
        Map<String, String> roles = roles(estate);
        assertEquals("esxi-host", roles.get("10.1.10.11"));
        assertEquals("esxi-host", roles.get("10.1.10.12"));
        assertEquals("esxi-host", roles.get("10.2.10.11"));
        assertEquals("vcenter-server", roles.get("10.1.20.2"));
        assertEquals("vcenter-server", roles.get("10.2.20.2"));
        assertEquals("vr-appliance", roles.get("10.1.20.5"));
        assertEquals("vr-appliance vr-server", roles.get("10.2.20.5"));
        assertEquals("backup-proxy", roles.get("10.1.30.5"));
    }

    @Test
    void whoOnlyTriesOrOnlyReplicatesIsNoHost() {
        List<String> lines = draft(fiveDays());
        Map<String, String> roles = roles(parse(lines));
        assertNull(roles.get("10.1.66.6"));
        assertNull(roles.get("10.1.99.77"));
        assertTrue(
                lines.stream()
                        .anyMatch(
                                line ->
                                        line.startsWith("  # - {name: esxi-host-10-1-66-6")
                                                && line.contains("sends no heartbeats")),
                String.join("\n", lines));
    }

    @Test
    void heartbeatsHaveTheirMeasuredCadenceAndMembers() {
        Link link = link(parse(draft(fiveDays())), "heartbeat", "902/udp");
        assertEquals("esxi-hosts-site-10-1", link.getFrom());
        assertEquals("vcenter-server-10-1-20-2", link.getTo());
        assertEquals(60_000, link.getEveryMillis());
        // The router's longest record is one of nine minutes: sooner it cannot miss anything.
        assertEquals(10, link.getMisses());
        assertEquals(List.of("10.1.10.11", "10.1.10.12"), link.getEach());
    }

    @Test
    void replicationHasAnObjectiveThatTheGapsKeep() {
        Link link = link(parse(draft(fiveDays())), "replication", "31031/tcp");
        assertEquals("esxi-hosts-site-10-1", link.getFrom());
        assertEquals(15 * MINUTE, link.getRpoMillis());
    }

    @Test
    void nightlyBackupHasItsWindowAndDays() {
        Link link = link(parse(draft(fiveDays())), "backup", "902/tcp");
        assertEquals("backup-proxy-10-1-30-5", link.getFrom());
        assertEquals(List.of("mon", "tue", "wed", "thu"), link.getDays());
        assertEquals(22 * 60, link.getWindow().getStart());
        assertEquals(22 * 60 + 45, link.getWindow().getStartBy());
        assertEquals(2 * 60 + 30, link.getWindow().getEnd());
        assertEquals("UTC", link.getWindow().getZone());
    }

    @Test
    void sameInputIsTheSameText() {
        assertEquals(draft(fiveDays()), draft(fiveDays()));
    }

    @Test
    void judgedByItsDraftOnlyTheIntrudersAreUnexpected() {
        Map<Verdict, Integer> verdicts = new TreeMap<>();
        var unexpected = new TreeSet<String>();
        judge(fiveDays(), parse(draft(fiveDays())), verdicts, unexpected);
        assertEquals(
                new TreeSet<>(
                        List.of("10.1.66.6>10.2.20.5:31031/tcp", "10.1.99.77>10.2.20.5:31031/tcp")),
                unexpected);
        int all = verdicts.values().stream().mapToInt(Integer::intValue).sum();
        assertTrue(verdicts.get(Verdict.EXPECTED) > 0.9 * all, verdicts.toString());
    }

    @Test
    void everythingIsEvidencedWithCountsAndTimes() {
        for (String line : draft(fiveDays())) {
            if (line.strip().startsWith("- ") || line.strip().startsWith("# - ")) {
                assertTrue(line.matches(".*# .*[0-9].*"), line);
            }
        }
    }

    @Test
    void nothingSeenIsAnEmptyEstate() {
        assertEquals(List.of(), parse(new Draft(CATALOG).lines()).entries());
    }

    @Test
    void oneRouterSeesTwoRegionsAsTwoSites() {
        var traffic = new Traffic();
        for (int i = 0; i < 10; i++) {
            long at = MONDAY + i * 5 * MINUTE;
            traffic.tcp(PARIS, "10.1.10.11", "10.2.20.5", 31031, 1_000_000, at, at + MINUTE);
        }
        assertEquals(
                Map.of(
                        "site-10-1", List.of("10.1.0.0/16") + " " + List.of(PARIS),
                        "site-10-2", List.of("10.2.0.0/16") + " " + List.of()),
                sites(parse(draft(traffic))));
    }

    @Test
    void routerThatSeesInsideTwoSitesIsNoWitnessOfOne() {
        var traffic = new Traffic();
        for (int i = 0; i < 10; i++) {
            long at = MONDAY + i * 5 * MINUTE;
            traffic.tcp(PARIS, "10.1.10.11", "10.2.20.5", 31031, 1_000_000, at, at + MINUTE);
            traffic.udp(PARIS, "10.1.10.11", "10.1.20.2", 902, at);
            traffic.udp(PARIS, "10.2.10.11", "10.2.20.2", 902, at);
        }
        List<String> lines = draft(traffic);
        assertTrue(
                lines.contains(
                        "      # - 10.1.255.1  # reports 30 flows, and what is local to other"
                                + " sites"),
                String.join("\n", lines));
        assertEquals(2, sites(parse(lines)).size());
    }

    @Test
    void sampledHeartbeatsHaveNoCadence() {
        var traffic = new Traffic();
        for (int minute = 0; minute < 60; minute++) {
            traffic.udp(PARIS, "10.1.10.11", "10.1.20.2", 902, MONDAY + minute * MINUTE);
            traffic.udp(PARIS, "10.1.10.12", "10.1.20.2", 902, MONDAY + minute * MINUTE);
        }
        var draft = new Draft(CATALOG);
        traffic.play(
                batch -> {
                    for (int row = 0; row < batch.size(); row++) {
                        batch.set(row, FlowColumn.SAMPLING, 100);
                    }
                    draft.observe(batch);
                });
        assertTrue(
                draft.lines().stream()
                        .anyMatch(line -> line.startsWith("  # - name: heartbeat-esxi-hosts")),
                String.join("\n", draft.lines()));
        assertEquals(
                List.of("site", "endpoint", "endpoint"),
                parse(draft.lines()).entries().stream().map(EstateEntry::getKind).toList());
    }

    @Test
    void heartbeatsThatStopForAWhileKeepTheirCadenceAndSayIt() {
        var traffic = new Traffic();
        for (int minute = 0; minute < 240; minute++) {
            traffic.udp(PARIS, "10.1.10.11", "10.1.20.2", 902, MONDAY + minute * MINUTE);
            if (minute < 100 || minute > 130) {
                traffic.udp(PARIS, "10.1.10.12", "10.1.20.2", 902, MONDAY + minute * MINUTE);
            }
        }
        List<String> lines = draft(traffic);
        Link link = link(parse(lines), "heartbeat", "902/udp");
        assertEquals(60_000, link.getEveryMillis());
        assertEquals(3, link.getMisses());
        assertTrue(
                lines.contains(
                        "    misses: 3  # longest interval 32m, which would have been an alert"),
                String.join("\n", lines));
    }

    private static Traffic fiveDays() {
        var traffic = new Traffic();
        for (int day = 0; day < 5; day++) {
            for (int minute = 0; minute < 1_440; minute++) {
                long at = MONDAY + day * DAY + minute * MINUTE;
                traffic.udp(PARIS, "10.1.10.11", "10.1.20.2", 902, at);
                traffic.udp(PARIS, "10.1.10.12", "10.1.20.2", 902, at + 7_000);
                traffic.udp(LYON, "10.2.10.11", "10.2.20.2", 902, at + 1_000);
                traffic.udp(LYON, "10.2.10.12", "10.2.20.2", 902, at + 2_000);
                if (minute % 15 == 3) {
                    for (String exporter : List.of(PARIS, LYON)) {
                        traffic.tcp(
                                exporter,
                                "10.1.10.11",
                                "10.2.20.5",
                                31031,
                                60_000_000,
                                at,
                                at + MINUTE);
                    }
                }
                if (minute % 60 == 9) {
                    traffic.tcp(PARIS, "10.1.20.5", "10.2.20.5", 8043, 9_000, at, at + 2_000);
                    traffic.tcp(PARIS, "10.1.20.5", "10.1.20.2", 443, 22_000, at, at + 2_000);
                }
                if (day == 2 && minute % 360 == 11) {
                    traffic.tcp(PARIS, "10.1.66.6", "10.2.20.5", 31031, 640_000, at, at + 5_000);
                    traffic.attempt(PARIS, "10.1.99.77", "10.2.20.5", 31031, at);
                }
            }
            if (day < 4) {
                // From ten in the evening, a little later each day, to after two.
                long begin = MONDAY + day * DAY + (22 * 60 + 5 * day) * MINUTE;
                for (int part = 0; part < 24; part++) {
                    long from = begin + part * 10 * MINUTE;
                    traffic.tcp(
                            PARIS,
                            "10.1.30.5",
                            part % 2 == 0 ? "10.1.10.11" : "10.1.10.12",
                            902,
                            900_000_000,
                            from,
                            from + 9 * MINUTE);
                }
            }
        }
        return traffic;
    }

    private static List<String> draft(Traffic traffic) {
        var draft = new Draft(CATALOG);
        traffic.play(draft::observe);
        return draft.lines();
    }

    private static Estate parse(List<String> lines) {
        return EstateFile.parse("draft", String.join("\n", lines).getBytes(UTF_8), CATALOG);
    }

    private static void judge(
            Traffic traffic,
            Estate estate,
            Map<Verdict, Integer> counts,
            TreeSet<String> unexpected) {
        var knowledge = Knowledge.compile(CATALOG.rules(), estate.entries(), "c", "e");
        var classifier = new Classifier(knowledge, ConversationMemory.transientOnly());
        var verdicts = new Verdicts();
        traffic.play(
                batch -> {
                    classifier.judge(batch, verdicts);
                    for (int row = 0; row < batch.size(); row++) {
                        counts.merge(verdicts.verdict(row), 1, Integer::sum);
                        if (verdicts.verdict(row) == Verdict.UNEXPECTED) {
                            unexpected.add(JudgedFlows.key(JudgedFlows.of(batch, row, verdicts)));
                        }
                    }
                });
        assertFalse(counts.isEmpty());
    }

    private static Map<String, String> sites(Estate estate) {
        var sites = new TreeMap<String, String>();
        estate.entries().stream()
                .filter(entry -> entry.getBody() instanceof Site)
                .forEach(
                        entry -> {
                            var site = (Site) entry.getBody();
                            sites.put(
                                    entry.getName(),
                                    site.getNetworks() + " " + site.getExporters());
                        });
        return sites;
    }

    private static Map<String, String> roles(Estate estate) {
        var roles = new TreeMap<String, String>();
        for (var entry : estate.entries()) {
            if (entry.getBody() instanceof Endpoint endpoint) {
                endpoint.getAddresses()
                        .forEach(each -> roles.put(each, String.join(" ", endpoint.getRoles())));
            }
        }
        return roles;
    }

    private static Link link(Estate estate, String kind, String service) {
        return estate.entries().stream()
                .filter(entry -> entry.getBody() instanceof Link)
                .map(entry -> (Link) entry.getBody())
                .filter(link -> link.getKind().equals(kind) && link.getService().equals(service))
                .findFirst()
                .orElseThrow();
    }
}
