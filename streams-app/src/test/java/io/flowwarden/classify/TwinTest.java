package io.flowwarden.classify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.flowwarden.flow.FlowBatch;
import io.flowwarden.flow.FlowColumn;
import io.flowwarden.flow.Origin;
import io.flowwarden.flow.Outcome;
import io.flowwarden.net.Address;
import io.flowwarden.schemas.Endpoint;
import io.flowwarden.schemas.EstateEntry;
import io.flowwarden.schemas.JudgedFlow;
import io.flowwarden.schemas.Policy;
import io.flowwarden.schemas.PortRule;
import io.flowwarden.schemas.Site;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The compiled classifier agrees with its {@link Twin} on random catalogs, estates, policies and
 * flows, whatever it forgets on the way. The worlds are small, so that everything meets everything.
 */
class TwinTest {
    private static final int ROUNDS = 3_000;
    private static final List<String> ROLES =
            List.of(
                    "esxi-host",
                    "esx-host",
                    "hypervisor",
                    "vcenter-server",
                    "vr-server",
                    "dns-server",
                    "browser",
                    "client-pc",
                    "windows-server");
    private static final List<String> RULE_ROLES =
            List.of("listed", "azure-storage-account", "avs-run-command");
    private static final int[] PORTS = {22, 53, 135, 443, 445, 902, 903, 5000, 31031, 50000};
    private static final List<String> ADDRESSES =
            List.of(
                    "10.1.1.1",
                    "10.1.1.2",
                    "10.1.1.9",
                    "10.1.2.1",
                    "10.1.9.9",
                    "10.2.1.1",
                    "10.2.1.2",
                    "10.2.7.7",
                    "198.51.100.1",
                    "2001:db8::1",
                    "2001:db8:1::5",
                    "2001:db9::1");
    private static final List<String> PREFIXES =
            List.of(
                    "10.1.1.1",
                    "10.1.1.2",
                    "10.1.1.0/29",
                    "10.1.1.0/24",
                    "10.1.2.0/24",
                    "10.2.1.0/24",
                    "10.2.1.2",
                    "2001:db8::/32",
                    "2001:db8:1::/48",
                    "2001:db8::1");
    private static final List<String> SOURCES =
            List.of("netflow/10.1.255.1/0", "netflow/10.2.255.1/7", "aws/fl-1");

    @Test
    void compiledAndBruteForceAgree() {
        Map<String, Integer> met = new HashMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            var random = new Random(round);
            List<PortRule> rules = rules(random);
            List<EstateEntry> estate = estate(random, rules);
            var twin = new Twin(rules, estate);
            var memory = ConversationMemory.transientOnly();
            var classifier = new Classifier(Knowledge.compile(rules, estate, "c", "e"), memory);
            var verdicts = new Verdicts();
            var batch = new FlowBatch();
            for (int b = 0; b < 4; b++) {
                List<Twin.Said> said = flows(random, b);
                fill(batch, said);
                classifier.judge(batch, verdicts);
                List<Twin.Answer> expected = twin.judge(said);
                for (int row = 0; row < said.size(); row++) {
                    Twin.Answer actual = answer(JudgedFlows.of(batch, row, verdicts));
                    Twin.Said flow = said.get(row);
                    int at = round;
                    assertEquals(
                            expected.get(row),
                            actual,
                            () -> "round " + at + ": " + flow + "\n" + estate + "\n" + rules);
                    met.merge(actual.verdict() + " " + actual.reason(), 1, Integer::sum);
                    met.merge(actual.how() + " " + actual.by(), 1, Integer::sum);
                }
                if (random.nextInt(3) == 0) {
                    memory.forget();
                }
                if (random.nextInt(10) == 0) {
                    classifier.knowledge(Knowledge.compile(rules, estate, "c", "e"));
                }
            }
        }
        // The worlds are worth something only if every row and every question comes up in them.
        for (Reason reason : Reason.values()) {
            String verdict =
                    reason.ordinal() <= Reason.FOREIGN_SERVER.ordinal()
                            ? "UNEXPECTED "
                            : "OUT_OF_SCOPE ";
            assertEquals(true, met.containsKey(verdict + reason), verdict + reason + " in " + met);
        }
        for (String how :
                List.of(
                        "EXPECTED null",
                        "PLAUSIBLE null",
                        "certain record",
                        "certain flags",
                        "certain memory",
                        "likely roles",
                        "likely pair",
                        "likely catalog-port",
                        "guess low-port",
                        "guess null")) {
            assertEquals(true, met.containsKey(how), how + " in " + met);
        }
    }

    private static List<PortRule> rules(Random random) {
        List<PortRule> rules = new ArrayList<>();
        int count = 1 + random.nextInt(25);
        for (int i = 0; i < count; i++) {
            String transport = pick(random, List.of("tcp", "tcp", "tcp", "udp", "icmp"));
            int from = PORTS[random.nextInt(PORTS.length)];
            int to =
                    random.nextInt(4) == 0 ? Math.min(65_535, from + random.nextInt(60_000)) : from;
            Set<String> flags = new HashSet<>();
            for (String flag :
                    List.of(
                            "insecure",
                            "unencrypted",
                            "legacy",
                            "dynamic",
                            "advisory",
                            "loopback",
                            "unconfirmed",
                            "direction-doubtful",
                            "disabled")) {
                if (random.nextInt(12) == 0) {
                    flags.add(flag);
                }
            }
            boolean icmp = transport.equals("icmp");
            rules.add(
                    PortRule.newBuilder()
                            .setId("r" + (char) ('a' + random.nextInt(26)) + i)
                            .setProduct("p")
                            .setVersions(
                                    pick(
                                            random,
                                            List.of(
                                                    List.<String>of(),
                                                    List.of("4.x"),
                                                    List.of("3.5", "4.10"),
                                                    List.of("4.2"))))
                            .setTransport(transport)
                            .setPortFrom(icmp ? null : (Integer) from)
                            .setPortTo(icmp ? null : (Integer) to)
                            .setSourceRoles(ruleRoles(random))
                            .setTargetRoles(ruleRoles(random))
                            .setScope(
                                    pick(
                                            random,
                                            Arrays.asList(null, null, "intra-site", "inter-site")))
                            .setCategory(pick(random, List.of("backup", "management")))
                            .setFlags(List.copyOf(flags))
                            .build());
        }
        return rules;
    }

    private static List<String> ruleRoles(Random random) {
        if (random.nextInt(8) == 0) {
            return List.of();
        }
        Set<String> roles = new HashSet<>();
        do {
            roles.add(pick(random, random.nextInt(4) == 0 ? RULE_ROLES : ROLES));
        } while (random.nextInt(4) == 0);
        return List.copyOf(roles);
    }

    private static List<EstateEntry> estate(Random random, List<PortRule> rules) {
        List<EstateEntry> estate = new ArrayList<>();
        if (random.nextInt(12) == 0) {
            return estate;
        }
        site(estate, "paris", random.nextBoolean() ? "10.1.0.0/16" : "10.1.0.0/21", false);
        site(estate, "lyon", "10.2.0.0/16", random.nextInt(6) == 0);
        site(estate, "rome", "2001:db8::/33", false);
        if (random.nextInt(3) == 0) {
            site(estate, "internet", random.nextBoolean() ? "0.0.0.0/0" : "::/0", true);
        }
        Set<String> taken = new HashSet<>();
        int endpoints = random.nextInt(10) == 0 ? 0 : 3 + random.nextInt(8);
        for (int i = 0; i < endpoints; i++) {
            String prefix = pick(random, PREFIXES);
            if (!taken.add(prefix)) {
                continue;
            }
            List<String> roles = new ArrayList<>();
            while (random.nextInt(3) > 0 && roles.size() < 3) {
                String role = pick(random, ROLES);
                if (!roles.contains(role)) {
                    roles.add(role);
                }
            }
            Map<String, Integer> services = new HashMap<>();
            while (random.nextInt(4) == 0) {
                PortRule rule = pick(random, rules);
                if (!rule.getTransport().equals("icmp")) {
                    services.put(rule.getId(), PORTS[random.nextInt(PORTS.length)] + 1);
                }
            }
            String site = random.nextInt(6) == 0 ? "lyon" : null;
            estate.add(
                    new EstateEntry(
                            "endpoint",
                            "e" + i,
                            new Endpoint(List.of(prefix), roles, site, services, false)));
        }
        int policies = random.nextInt(3);
        for (int i = 0; i < policies; i++) {
            estate.add(
                    new EstateEntry(
                            "policy",
                            "law-" + i,
                            new Policy(
                                    i,
                                    random.nextBoolean(),
                                    peers(random),
                                    peers(random),
                                    random.nextInt(3) == 0
                                            ? List.of()
                                            : List.of(
                                                    "443/tcp",
                                                    random.nextBoolean() ? "900-5000/tcp" : "icmp"),
                                    pick(random, Arrays.asList(null, "2026-11-20", "2026-11-21")),
                                    null)));
        }
        return estate;
    }

    private static List<String> peers(Random random) {
        return pick(
                random,
                List.of(
                        List.<String>of(),
                        List.of("10.1.0.0/22"),
                        List.of("e1", "e4"),
                        List.of("lyon"),
                        List.of("internet", "10.1.1.1", "2001:db8::/32")));
    }

    private static void site(
            List<EstateEntry> estate, String name, String network, boolean external) {
        estate.add(new EstateEntry("site", name, new Site(List.of(network), List.of(), external)));
    }

    private static List<Twin.Said> flows(Random random, int batch) {
        List<Twin.Said> flows = new ArrayList<>();
        String source = pick(random, SOURCES);
        int count = 1 + random.nextInt(14);
        for (int i = 0; i < count; i++) {
            if (i > 0 && random.nextInt(4) == 0) {
                flows.add(again(random, flows.get(random.nextInt(i))));
                continue;
            }
            long end = Scene.NOON + (batch - 1) * 13L * 3_600_000 + random.nextInt(3_700_000);
            int protocol = pick(random, List.of(6, 6, 6, 6, 17, 17, 1, 58, 47, -1));
            boolean icmp = protocol == 1 || protocol == 58;
            flows.add(
                    new Twin.Said(
                            source,
                            address(random),
                            icmp ? -1 : port(random),
                            address(random),
                            icmp ? -1 : port(random),
                            protocol,
                            pick(random, List.of(-1, 2, 16, 18, 19, 27, 0)),
                            pick(random, List.of(-1, -1, -1, -1, -1, 1, 2)),
                            pick(random, List.of(-1, 1, 9)),
                            pick(random, List.of(-1, -1, 1, 100)),
                            icmp ? pick(random, List.of(-1, 0, 8, 3, 13, 128, 129, 1, 135)) : -1,
                            end - random.nextInt(3),
                            end,
                            random.nextInt(5) == 0));
        }
        return flows;
    }

    /** The same conversation once more, perhaps the other half of it, with nothing to tell. */
    private static Twin.Said again(Random random, Twin.Said f) {
        boolean turn = random.nextInt(3) > 0;
        return new Twin.Said(
                f.source(),
                turn ? f.dst() : f.src(),
                turn ? f.dstPort() : f.srcPort(),
                turn ? f.src() : f.dst(),
                turn ? f.srcPort() : f.dstPort(),
                f.protocol(),
                f.flags() == 2 ? 2 : 27,
                -1,
                5,
                -1,
                -1,
                f.start() + random.nextInt(3) - 1,
                f.end() + 1,
                false);
    }

    private static String address(Random random) {
        int dice = random.nextInt(60);
        return dice == 0 ? null : dice == 1 ? "224.0.0.1" : pick(random, ADDRESSES);
    }

    private static int port(Random random) {
        int port = PORTS[random.nextInt(PORTS.length)];
        return switch (random.nextInt(8)) {
            case 0 -> port + 1;
            case 1, 2, 3 -> 40_000 + random.nextInt(3);
            case 4 -> random.nextInt(10) == 0 ? -1 : 800;
            default -> port;
        };
    }

    private static void fill(FlowBatch batch, List<Twin.Said> flows) {
        batch.begin(new Origin(flows.get(0).source(), null, Scene.NOON, null));
        for (Twin.Said f : flows) {
            int row = batch.add(0);
            address(batch, row, FlowColumn.SRC_HI, f.src());
            address(batch, row, FlowColumn.DST_HI, f.dst());
            number(batch, row, FlowColumn.SRC_PORT, f.srcPort());
            number(batch, row, FlowColumn.DST_PORT, f.dstPort());
            number(batch, row, FlowColumn.PROTOCOL, f.protocol());
            number(batch, row, FlowColumn.TCP_FLAGS, f.flags());
            number(batch, row, FlowColumn.INITIATOR, f.initiator());
            number(batch, row, FlowColumn.PACKETS, f.packets());
            number(batch, row, FlowColumn.SAMPLING, f.sampling());
            number(batch, row, FlowColumn.ICMP_TYPE, f.icmpType());
            batch.set(row, FlowColumn.START, f.start());
            batch.set(row, FlowColumn.END, f.end());
            Outcome outcome = f.rejected() ? Outcome.REJECTED : Outcome.ACCEPTED;
            batch.set(row, FlowColumn.OUTCOME, outcome.ordinal());
        }
    }

    private static void address(FlowBatch batch, int row, int column, String text) {
        if (text != null) {
            long[] address = Address.parse(text);
            batch.setAddress(row, column, address[0], address[1]);
        }
    }

    private static void number(FlowBatch batch, int row, int column, long value) {
        if (value >= 0) {
            batch.set(row, column, value);
        }
    }

    private static Twin.Answer answer(JudgedFlow flow) {
        return new Twin.Answer(
                flow.getClient(),
                flow.getOrientation(),
                flow.getOrientedBy(),
                flow.getVerdict(),
                flow.getReason(),
                flow.getRule(),
                flow.getCategory(),
                flow.getNearestRule(),
                flow.getFailedCondition(),
                flow.getCandidates(),
                flow.getCandidateRules(),
                new HashSet<>(flow.getMarks()));
    }

    private static <T> T pick(Random random, List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
