package io.flowwarden.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flowwarden.catalog.Catalog;
import io.flowwarden.estate.EstateFile;
import io.flowwarden.schemas.EstateEntry;
import io.flowwarden.schemas.Flow;
import io.flowwarden.schemas.JudgedFlow;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class CoverageTest {
    private static final String RULE = "vsphere-replication-31031-tcp-esxi-host-vr-server";
    private static final long AT = Instant.parse("2026-11-20T22:00:00.400Z").toEpochMilli();

    private static final String ESTATE =
            """
            sites:
              - {name: paris, networks: [10.1.0.0/16]}
              - {name: lyon, networks: [10.2.0.0/16, 10.3.0.0/16]}
            endpoints:
              - {name: esx-paris, address: 10.1.10.0/24, roles: [esxi-host]}
              - {name: vr-lyon, addresses: [10.2.20.5, 10.2.21.5], roles: [vr-server]}
            links:
              - {name: dr, kind: replication, from: esx-paris, to: vr-lyon, service: 31031/tcp, rpo: 15m}
              - {name: other, kind: replication, from: esx-paris, to: vr-lyon, service: 44046/tcp, rpo: 15m}
            policies:
              - {name: ssh, allow: {from: 10.1.99.0/24, to: vr-lyon, services: [22/tcp]}}
              - {name: web, allow: {from: 10.1.99.0/24, to: vr-lyon, services: [443/tcp]}}
            """;

    private final List<EstateEntry> estate =
            EstateFile.parse("estate.yaml", ESTATE.getBytes(UTF_8), Catalog.bundled()).entries();
    private final Coverage coverage = new Coverage(estate);

    private static JudgedFlow flow(String client, String server, int port, String rule) {
        var flow = new Flow();
        flow.setSrc(client);
        flow.setDst(server);
        flow.setSrcPort(50_000);
        flow.setDstPort(port);
        flow.setProtocol(6);
        flow.setEnd(AT);
        var judged = new JudgedFlow();
        judged.setFlow(flow);
        judged.setClient(client);
        judged.setServer(server);
        judged.setServicePort(port);
        judged.setOrientation("certain");
        judged.setRule(rule);
        return judged;
    }

    @Test
    void whatFlowsMetHasATimeAndTheRestNever() {
        coverage.add(flow("10.1.10.7", "10.2.20.5", 31031, RULE));
        coverage.add(flow("10.1.99.7", "10.2.20.5", 22, "policy/ssh"));
        assertEquals(
                List.of(
                        "2026-11-20T22:00:00Z  link dr",
                        "never                 link other",
                        "2026-11-20T22:00:00Z  policy ssh",
                        "never                 policy web"),
                coverage.matches());
        assertEquals(1, coverage.matchedRules());
    }

    @Test
    void aPrefixIsUnseenUntilAnyFlowHasAnAddressOfIt() {
        coverage.add(flow("10.1.10.7", "10.2.20.5", 9, null));
        assertEquals(
                List.of("endpoint vr-lyon  10.2.21.5", "site lyon  10.3.0.0/16"),
                coverage.unseen());
        coverage.add(flow("10.3.0.1", "10.2.21.5", 9, null));
        assertEquals(List.of(), coverage.unseen());
    }

    @Test
    void idleRulesAreThoseThatTheRolesOfTheEstateAllowAndNothingMatched() {
        List<String> before = coverage.idle(Catalog.bundled().rules());
        assertTrue(before.contains(RULE), before.toString());
        assertTrue(
                before.stream().noneMatch(rule -> rule.startsWith("platespin")), before.toString());
        coverage.add(flow("10.1.10.7", "10.2.20.5", 31031, RULE));
        List<String> after = coverage.idle(Catalog.bundled().rules());
        assertEquals(before.size() - 1, after.size());
    }

    @Test
    void aReplyOfUnclearDirectionBelongsToItsLinkAndADeniedFlowDoesNot() {
        JudgedFlow denied = flow("10.1.10.7", "10.2.20.5", 31031, RULE);
        denied.getFlow().setOutcome("REJECTED");
        coverage.add(denied);
        assertEquals("never                 link dr", coverage.matches().get(0));
        JudgedFlow reply = flow("10.2.20.5", "10.1.10.7", 50_000, null);
        reply.getFlow().setSrcPort(31031);
        reply.setOrientation("guess");
        coverage.add(reply);
        assertTrue(coverage.matches().get(0).startsWith("2026"), coverage.matches().toString());
    }
}
