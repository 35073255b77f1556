package io.flowwarden.classify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.flowwarden.flow.FlowColumn;
import io.flowwarden.flow.Outcome;
import io.flowwarden.schemas.Endpoint;
import io.flowwarden.schemas.JudgedFlow;
import io.flowwarden.schemas.Site;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The rows of the verdict table, from top to bottom. */
class VerdictTableTest {
    private static final String HOST = "10.1.10.11";
    private static final String VCENTER = "10.1.20.2";
    private static final String FAR_HOST = "10.2.10.11";
    private static final String FAR_VCENTER = "10.2.20.2";
    private static final String DESKTOP = "10.1.50.5";
    private static final String PLAIN = "10.1.60.6";
    private static final String UNLISTED = "10.1.70.7";
    private static final String STRANGER = "198.51.100.7";

    private final Scene scene =
            new Scene()
                    .site("paris", "10.1.0.0/16")
                    .site("lyon", "10.2.0.0/16")
                    .endpoint("esx-paris", "10.1.10.0/24", "esxi-host")
                    .endpoint("esx-lyon", "10.2.10.0/24", "esxi-host")
                    .endpoint("vcenter-paris", VCENTER, "vcenter-server")
                    .endpoint("vcenter-lyon", FAR_VCENTER, "vcenter-server")
                    .endpoint("desktop", DESKTOP, "client-pc")
                    .endpoint("plain", PLAIN)
                    .rule("902/udp hypervisor > vcenter-server", "for:heartbeat")
                    .rule("443/tcp vcenter-server > hypervisor")
                    .rule("8043/tcp vcenter-server > esxi-host", "intra-site")
                    .rule("9443/tcp client-pc > vcenter-server");

    @Test
    void policyDecidesBeforeTheCatalog() {
        scene.policy("no-902", false, "esx-paris", "", "902/udp");
        scene.policy("own", true, "10.1.70.0/24", "vcenter-paris", "22/tcp 9443/tcp");

        JudgedFlow denied = scene.open(HOST, VCENTER, 902, "udp").judge();
        assertVerdict(denied, "UNEXPECTED", "POLICY_DENIED");
        assertEquals("policy/no-902", denied.getRule());
        assertEquals("902/udp hypervisor > vcenter-server", denied.getNearestRule());
        assertEquals("policy", denied.getFailedCondition());
        assertEquals("heartbeat", denied.getCategory());

        JudgedFlow allowed = scene.open(UNLISTED, VCENTER, 22, "tcp").judge();
        assertVerdict(allowed, "EXPECTED", null);
        assertEquals("policy/own", allowed.getRule());
        assertNull(allowed.getCategory());
        assertEquals(
                "management",
                scene.open(UNLISTED, VCENTER, 9443, "tcp").judge().getCategory(),
                "the category of the catalog, where one fits");
        assertVerdict(scene.open(FAR_HOST, VCENTER, 902, "udp").judge(), "EXPECTED", null);
    }

    @Test
    void firstPolicyThatMatchesWins() {
        scene.policy("yes", true, "paris", "vcenter-paris", "22/tcp");
        scene.policy("no", false, "", "", "");
        assertEquals("policy/yes", scene.open(HOST, VCENTER, 22, "tcp").judge().getRule());
        assertEquals("policy/no", scene.open(FAR_HOST, VCENTER, 22, "tcp").judge().getRule());
    }

    @Test
    void policyHoldsToTheEndOfItsLastDay() {
        scene.policy("soon-over", true, "", VCENTER, "22/tcp", "2026-11-21");
        scene.open(HOST, VCENTER, 22, "tcp").at(0, 12 * 3600 - 1);
        assertEquals("EXPECTED", scene.judge().getVerdict());
        scene.open(HOST, VCENTER, 22, "tcp").at(0, 12 * 3600);
        assertEquals("UNEXPECTED", scene.judge().getVerdict());
    }

    @Test
    void policyNamesPrefixesEndpointsSitesRangesAndIcmp() {
        scene.endpoint("esx-special", "10.1.10.11/32");
        scene.policy("endpoint", true, "esx-paris", "lyon", "7000-7010/tcp icmp");
        for (int port : new int[] {7000, 7005, 7010}) {
            JudgedFlow flow = scene.open(HOST, FAR_HOST, port, "tcp").judge();
            assertEquals("policy/endpoint", flow.getRule(), "an endpoint is all its addresses");
        }
        assertNull(scene.open(HOST, FAR_HOST, 7011, "tcp").judge().getRule());
        assertNull(scene.open(HOST, FAR_HOST, 7005, "udp").judge().getRule());
        assertNull(scene.open(VCENTER, FAR_HOST, 7005, "tcp").judge().getRule());
        assertEquals("policy/endpoint", scene.icmp(HOST, FAR_HOST, 8).judge().getRule());
    }

    @Test
    void rolesThatFitAreExpected() {
        JudgedFlow flow = scene.open(HOST, VCENTER, 902, "udp").judge();
        assertVerdict(flow, "EXPECTED", null);
        assertEquals("902/udp hypervisor > vcenter-server", flow.getRule());
        assertEquals("heartbeat", flow.getCategory());
        assertEquals(0, flow.getCandidates());
        assertNull(flow.getNearestRule());
        assertNull(flow.getFailedCondition());
        assertEquals(List.of("esxi-host"), flow.getClientRoles());
        assertEquals("esx-paris", flow.getClientName());
        assertEquals("paris", flow.getClientSite());
    }

    @Test
    void scopeThatFitsOrCannotBeToldIsExpected() {
        scene.endpoint("nowhere", "192.0.2.1", "esxi-host");
        assertVerdict(scene.open(VCENTER, HOST, 8043, "tcp").judge(), "EXPECTED", null);
        assertVerdict(scene.open(VCENTER, "192.0.2.1", 8043, "tcp").judge(), "EXPECTED", null);
    }

    @Test
    void weakRuleIsOnlyPlausible() {
        for (String flag : List.of("advisory", "unconfirmed")) {
            scene.rule("50" + flag.length() + "/tcp esxi-host > vcenter-server", flag);
        }
        for (int port : new int[] {508, 5011}) {
            JudgedFlow flow = scene.open(HOST, VCENTER, port, "tcp").judge();
            assertVerdict(flow, "PLAUSIBLE", null);
            assertEquals(port + "/tcp esxi-host > vcenter-server", flow.getRule());
        }
    }

    @Test
    void loopbackRuleMatchesNoNetworkFlow() {
        scene.rule("8006/tcp vcenter-server > vcenter-server", "loopback");
        JudgedFlow flow = scene.open(VCENTER, FAR_VCENTER, 8006, "tcp").judge();
        assertVerdict(flow, "UNEXPECTED", "UNKNOWN_SERVICE");
        assertNull(flow.getNearestRule());
        assertEquals("port", flow.getFailedCondition());
    }

    @Test
    void ruleWithoutAClientRoleIsOnlyPlausibleAndOnlyBetweenRoles() {
        scene.rule("7443/tcp - > vcenter-server");
        assertVerdict(scene.open(DESKTOP, VCENTER, 7443, "tcp").judge(), "PLAUSIBLE", null);
        assertVerdict(scene.open(UNLISTED, VCENTER, 7443, "tcp").judge(), "PLAUSIBLE", null);
        assertVerdict(
                scene.open(STRANGER, VCENTER, 7443, "tcp").judge(), "UNEXPECTED", "UNKNOWN_PEER");
    }

    @Test
    void ruleWithoutRolesAppliesOnlyWhereNeitherSideHasOne() {
        scene.rule("7444/tcp - > -", "unconfirmed");
        JudgedFlow flow = scene.open(PLAIN, UNLISTED, 7444, "tcp").judge();
        assertVerdict(flow, "PLAUSIBLE", null);
        assertEquals(List.of("UNCONFIRMED"), flow.getMarks());
        for (String[] pair : new String[][] {{HOST, UNLISTED}, {UNLISTED, STRANGER}}) {
            assertVerdict(
                    scene.open(pair[0], pair[1], 7444, "tcp").judge(),
                    "OUT_OF_SCOPE",
                    "NOT_COVERED");
        }
        assertVerdict(
                scene.open(PLAIN, VCENTER, 7444, "tcp").judge(), "UNEXPECTED", "UNKNOWN_SERVICE");
    }

    @Test
    void rolesThatFitInABrokenScopeAreAViolation() {
        JudgedFlow flow = scene.open(VCENTER, FAR_HOST, 8043, "tcp").judge();
        assertVerdict(flow, "UNEXPECTED", "SCOPE_VIOLATION");
        assertEquals("8043/tcp vcenter-server > esxi-host", flow.getNearestRule());
        assertEquals("scope", flow.getFailedCondition());
    }

    @Test
    void rolesTheOtherWayRoundAreReversedIfCertain() {
        JudgedFlow flow = scene.open(HOST, VCENTER, 443, "tcp").judge();
        assertVerdict(flow, "UNEXPECTED", "REVERSED");
        assertEquals("443/tcp vcenter-server > hypervisor", flow.getNearestRule());
        assertEquals("direction", flow.getFailedCondition());
    }

    @Test
    void rolesTheOtherWayRoundArePlausibleIfNotCertain() {
        JudgedFlow flow = scene.flow(HOST, 50_000, VCENTER, 443, "tcp").judge();
        assertEquals("likely", flow.getOrientation());
        assertVerdict(flow, "PLAUSIBLE", null);
        assertEquals("443/tcp vcenter-server > hypervisor", flow.getRule());
    }

    @Test
    void rolesTheOtherWayRoundArePlausibleIfTheDirectionIsDoubtful() {
        scene.rule("9084/tcp esxi-host > update-manager-server", "direction-doubtful");
        scene.endpoint("vum", "10.1.20.3", "update-manager-server");
        assertVerdict(scene.open("10.1.20.3", HOST, 9084, "tcp").judge(), "PLAUSIBLE", null);
    }

    @Test
    void clientOfAnotherRoleIsAMismatch() {
        JudgedFlow flow = scene.open(DESKTOP, VCENTER, 902, "udp").judge();
        assertVerdict(flow, "UNEXPECTED", "ROLE_MISMATCH");
        assertEquals("902/udp hypervisor > vcenter-server", flow.getNearestRule());
        assertEquals("client-role", flow.getFailedCondition());
    }

    @Test
    void clientThatNobodyListedIsAnUnlistedPeerWhereOnlyInfrastructureMayCome() {
        for (String client : List.of(UNLISTED, PLAIN)) {
            JudgedFlow flow = scene.open(client, VCENTER, 902, "udp").judge();
            assertVerdict(flow, "UNEXPECTED", "UNLISTED_PEER");
            assertEquals("902/udp hypervisor > vcenter-server", flow.getNearestRule());
            assertEquals("client-role", flow.getFailedCondition());
        }
    }

    @Test
    void clientThatNobodyListedIsPlausibleWhereOthersMayCome() {
        for (String client : List.of(UNLISTED, PLAIN)) {
            JudgedFlow flow = scene.open(client, VCENTER, 9443, "tcp").judge();
            assertVerdict(flow, "PLAUSIBLE", null);
            assertEquals("9443/tcp client-pc > vcenter-server", flow.getRule());
        }
    }

    @Test
    void foreignClientIsPlausibleWhereARuleHasAnExternalClient() {
        scene.rule("4443/tcp avs-run-command > jetstream-msa");
        scene.endpoint("msa", "10.1.30.1", "jetstream-msa");
        assertVerdict(scene.open(STRANGER, "10.1.30.1", 4443, "tcp").judge(), "PLAUSIBLE", null);
    }

    @Test
    void foreignClientOfAServedPortIsUnknown() {
        JudgedFlow flow = scene.open(STRANGER, VCENTER, 9443, "tcp").judge();
        assertVerdict(flow, "UNEXPECTED", "UNKNOWN_PEER");
        assertEquals("9443/tcp client-pc > vcenter-server", flow.getNearestRule());
        assertEquals("client-role", flow.getFailedCondition());
    }

    @Test
    void externalSiteIsForeignButHasAName() {
        scene.entry("site", "internet", new Site(List.of("0.0.0.0/0", "::/0"), List.of(), true));
        JudgedFlow flow = scene.open(STRANGER, VCENTER, 9443, "tcp").judge();
        assertVerdict(flow, "UNEXPECTED", "UNKNOWN_PEER");
        assertEquals("internet", flow.getClientSite());
        assertEquals("paris", flow.getServerSite());
    }

    @Test
    void infrastructureThatDoesNotServeThePortIsAnUnknownService() {
        for (String client : List.of(HOST, DESKTOP, UNLISTED, STRANGER)) {
            JudgedFlow flow = scene.open(client, VCENTER, 2222, "tcp").judge();
            assertVerdict(flow, "UNEXPECTED", "UNKNOWN_SERVICE");
            assertNull(flow.getNearestRule());
            assertEquals("port", flow.getFailedCondition());
        }
        JudgedFlow known = scene.open(STRANGER, HOST, 9443, "tcp").judge();
        assertVerdict(known, "UNEXPECTED", "UNKNOWN_SERVICE");
        assertEquals("9443/tcp client-pc > vcenter-server", known.getNearestRule());
        assertEquals("server-role", known.getFailedCondition());
    }

    @Test
    void infrastructureOnAForeignServerIsUnexpected() {
        JudgedFlow flow = scene.open(VCENTER, STRANGER, 443, "tcp").judge();
        assertVerdict(flow, "UNEXPECTED", "FOREIGN_SERVER");
        assertEquals("443/tcp vcenter-server > hypervisor", flow.getNearestRule());
        assertEquals("server-role", flow.getFailedCondition());
    }

    @Test
    void infrastructureOnAForeignServerIsPlausibleWhereARuleHasAnExternalServer() {
        scene.rule("443/tcp vcenter-server > update-metadata-site");
        JudgedFlow flow = scene.open(VCENTER, STRANGER, 443, "tcp").judge();
        assertVerdict(flow, "PLAUSIBLE", null);
        assertEquals("443/tcp vcenter-server > update-metadata-site", flow.getRule());
    }

    @Test
    void anythingElseIsOutOfScope() {
        for (String server : List.of(DESKTOP, PLAIN, UNLISTED, STRANGER)) {
            assertVerdict(
                    scene.open(DESKTOP, server, 443, "tcp").judge(), "OUT_OF_SCOPE", "NOT_COVERED");
        }
    }

    @Test
    void catalogPortIsPlausibleWhereTheEstateHasNoEndpoints() {
        var bare = new Scene().site("paris", "10.1.0.0/16").rule("443/tcp browser > hypervisor");
        assertVerdict(bare.open(HOST, STRANGER, 443, "tcp").judge(), "PLAUSIBLE", null);
        assertVerdict(bare.open(HOST, STRANGER, 444, "tcp").judge(), "OUT_OF_SCOPE", "NOT_COVERED");
    }

    @Test
    void guessIsNeverUnexpectedNorExpected() {
        scene.rule("902/udp vcenter-server > hypervisor");
        JudgedFlow both = scene.flow(HOST, 902, VCENTER, 902, "udp").judge();
        assertEquals("guess", both.getOrientation());
        assertVerdict(both, "PLAUSIBLE", null);

        JudgedFlow neither = scene.flow(STRANGER, 40_000, VCENTER, 50_000, "tcp").judge();
        assertEquals("guess", neither.getOrientation());
        assertVerdict(neither, "OUT_OF_SCOPE", "UNORIENTED");

        scene.policy("nothing", false, "", "", "");
        var denying = new Scene();
        denying.rules.addAll(scene.rules);
        denying.estate.addAll(scene.estate);
        assertVerdict(denying.flow(HOST, 902, VCENTER, 902, "udp").judge(), "PLAUSIBLE", null);
    }

    @Test
    void movedServiceIsServedWhereItMovedToAndNoLongerWhereItWas() {
        scene.entry(
                "endpoint",
                "moved",
                new Endpoint(
                        List.of("10.1.20.9"),
                        List.of("vcenter-server"),
                        null,
                        Map.of("9443/tcp client-pc > vcenter-server", 9555),
                        false));
        scene.rule("9443/tcp vcenter-server > vcenter-server");
        String moved = "10.1.20.9";
        assertVerdict(scene.open(DESKTOP, moved, 9555, "tcp").judge(), "EXPECTED", null);
        assertVerdict(
                scene.open(VCENTER, moved, 9555, "tcp").judge(),
                "EXPECTED",
                null); // a move applies to every rule of that port
        JudgedFlow old = scene.open(DESKTOP, moved, 9443, "tcp").judge();
        assertVerdict(old, "UNEXPECTED", "UNKNOWN_SERVICE");
        assertEquals("9443/tcp client-pc > vcenter-server", old.getNearestRule());
        assertEquals("port", old.getFailedCondition());
        assertVerdict(scene.open(DESKTOP, VCENTER, 9443, "tcp").judge(), "EXPECTED", null);
        assertVerdict(
                scene.open(DESKTOP, VCENTER, 9555, "tcp").judge(), "UNEXPECTED", "UNKNOWN_SERVICE");
    }

    @Test
    void dynamicPortIsPlausibleWithinAnHourOfTheMapper() {
        scene.rule("135/tcp vcenter-server > vcenter-server");
        scene.rule("1025-65535/tcp vcenter-server > vcenter-server", "dynamic");
        scene.open(VCENTER, FAR_VCENTER, 40_000, "tcp").at(0, 0);
        assertVerdict(scene.judge(), "UNEXPECTED", "UNKNOWN_SERVICE");

        scene.open(FAR_VCENTER, VCENTER, 135, "tcp").at(0, 60);
        assertVerdict(scene.judge(), "EXPECTED", null);
        scene.open(VCENTER, FAR_VCENTER, 40_000, "tcp").at(3600, 3660);
        JudgedFlow within = scene.judge();
        assertVerdict(within, "PLAUSIBLE", null);
        assertEquals(List.of("DYNAMIC"), within.getMarks());
        scene.open(VCENTER, FAR_VCENTER, 40_000, "tcp").at(3600, 3661);
        assertVerdict(scene.judge(), "UNEXPECTED", "UNKNOWN_SERVICE");
    }

    @Test
    void rejectedMapperAgreesOnNothing() {
        scene.rule("445/tcp vcenter-server > vcenter-server");
        scene.rule("1025-65535/tcp vcenter-server > vcenter-server", "dynamic");
        scene.open(VCENTER, FAR_VCENTER, 445, "tcp");
        scene.with(FlowColumn.OUTCOME, Outcome.REJECTED.ordinal()).judge();
        assertVerdict(
                scene.open(VCENTER, FAR_VCENTER, 40_000, "tcp").judge(),
                "UNEXPECTED",
                "UNKNOWN_SERVICE");
    }

    @Test
    void narrowestRuleIsNamedThenScopeThenVersionThenId() {
        scene.rules.clear();
        scene.rule("900-999/tcp esxi-host > vcenter-server");
        scene.rule("902-903/tcp esxi-host > vcenter-server");
        assertEquals(
                "902-903/tcp esxi-host > vcenter-server",
                scene.open(HOST, VCENTER, 902, "tcp").judge().getRule());

        var ties = new Scene();
        ties.estate.addAll(scene.estate);
        ties.rule("902/tcp esxi-host > vcenter-server");
        ties.rule("902/tcp hypervisor > vcenter-server", "intra-site");
        assertEquals(
                "902/tcp hypervisor > vcenter-server",
                ties.open(HOST, VCENTER, 902, "tcp").judge().getRule());

        var versions = new Scene();
        versions.estate.addAll(scene.estate);
        versions.rule("902/tcp esxi-host > vcenter-server");
        versions.rule("902/tcp hypervisor > vcenter-server");
        versions.rules.get(0).setVersions(List.of("4.1"));
        versions.rules.get(1).setVersions(List.of("3.x", "4.10"));
        assertEquals(
                "902/tcp hypervisor > vcenter-server",
                versions.open(HOST, VCENTER, 902, "tcp").judge().getRule());

        var ids = new Scene();
        ids.estate.addAll(scene.estate);
        ids.rule("902/tcp hypervisor > vcenter-server");
        ids.rule("902/tcp esxi-host > vcenter-server");
        assertEquals(
                "902/tcp esxi-host > vcenter-server",
                ids.open(HOST, VCENTER, 902, "tcp").judge().getRule());
    }

    @Test
    void plausibleNamesARuleOrACategoryOnlyIfThereIsOne() {
        scene.rule("9443/tcp browser > vcenter-server", "unencrypted", "insecure");
        scene.rule("9443/tcp vsphere-client > vcenter-server", "insecure");
        scene.rule("9443/tcp ssh-client > vcenter-server", "insecure");
        JudgedFlow flow = scene.open(UNLISTED, VCENTER, 9443, "tcp").judge();
        assertNull(flow.getRule());
        assertEquals("management", flow.getCategory());
        assertEquals(4, flow.getCandidates());
        assertEquals(
                List.of(
                        "9443/tcp browser > vcenter-server",
                        "9443/tcp client-pc > vcenter-server",
                        "9443/tcp ssh-client > vcenter-server"),
                flow.getCandidateRules());
        assertEquals(List.of(), flow.getMarks());
    }

    @Test
    void marksRideAlong() {
        scene.rule("21/tcp esxi-host > ftp-server", "insecure", "unencrypted", "legacy");
        scene.endpoint("ftp", "10.1.40.1", "ftp-server");
        JudgedFlow flow = scene.open(HOST, "10.1.40.1", 21, "tcp").judge();
        assertVerdict(flow, "EXPECTED", null);
        assertEquals(List.of("INSECURE", "UNENCRYPTED", "LEGACY"), flow.getMarks());
    }

    @Test
    void disabledRuleSaysNothing() {
        scene.rule("2222/tcp desktop > vcenter-server", "disabled");
        assertVerdict(
                scene.open(DESKTOP, VCENTER, 2222, "tcp").judge(), "UNEXPECTED", "UNKNOWN_SERVICE");
    }

    @Test
    void addressesThatAreNoHostsAreOutOfScope() {
        for (String server : List.of("224.0.0.251", "255.255.255.255", "ff02::1", "0.0.0.0")) {
            assertVerdict(
                    scene.open(server.contains(":") ? "2001:db8::1" : HOST, server, 902, "udp")
                            .judge(),
                    "OUT_OF_SCOPE",
                    "NON_UNICAST");
        }
    }

    @Test
    void whatIsNoServiceIsOutOfScope() {
        assertVerdict(scene.protocol(HOST, VCENTER, 47).judge(), "OUT_OF_SCOPE", "OTHER_PROTOCOL");
        assertVerdict(scene.protocol(HOST, VCENTER, 6).judge(), "OUT_OF_SCOPE", "NO_PORT");
        scene.batch.add(0);
        assertVerdict(scene.judge(), "OUT_OF_SCOPE", "NO_ADDRESS");
    }

    @Test
    void echoIsAServiceAndIcmpErrorsAreNot() {
        scene.rule("icmp listed > listed", "for:monitoring");
        JudgedFlow request = scene.icmp(HOST, PLAIN, 8).judge();
        assertVerdict(request, "EXPECTED", null);
        assertEquals("icmp listed > listed", request.getRule());
        assertEquals(HOST, request.getClient());
        assertNull(request.getServicePort());
        assertEquals(HOST + ">" + PLAIN + "/icmp", JudgedFlows.key(request));
        JudgedFlow reply = scene.icmp(PLAIN, HOST, 0).judge();
        assertEquals(HOST, reply.getClient());
        assertEquals("certain", reply.getOrientation());

        assertVerdict(scene.icmp(STRANGER, HOST, 8).judge(), "UNEXPECTED", "UNKNOWN_PEER");
        assertVerdict(scene.icmp(UNLISTED, HOST, 8).judge(), "PLAUSIBLE", null);
        for (int type : new int[] {3, 4, 5, 11, 12}) {
            assertVerdict(scene.icmp(HOST, PLAIN, type).judge(), "OUT_OF_SCOPE", "ICMP_ERROR");
        }
        assertVerdict(scene.icmp(HOST, PLAIN, 13).judge(), "OUT_OF_SCOPE", "ICMP_OTHER");
    }

    @Test
    void echoOfIpv6HasOtherNumbers() {
        scene.endpoint("six", "2001:db8::/64", "esxi-host");
        scene.rule("icmp listed > listed");
        scene.icmp("2001:db8::1", "2001:db8::2", 128).with(FlowColumn.PROTOCOL, 58);
        JudgedFlow request = scene.judge();
        assertVerdict(request, "EXPECTED", null);
        assertEquals("[2001:db8::1]>[2001:db8::2]/icmp", JudgedFlows.key(request));
        scene.icmp("2001:db8::2", "2001:db8::1", 129).with(FlowColumn.PROTOCOL, 58);
        assertEquals("2001:db8::1", scene.judge().getClient());
        scene.icmp("2001:db8::2", "2001:db8::1", 1).with(FlowColumn.PROTOCOL, 58);
        assertVerdict(scene.judge(), "OUT_OF_SCOPE", "ICMP_ERROR");
    }

    @Test
    void everyVerdictIsExplained() {
        scene.open(HOST, VCENTER, 902, "udp");
        assertEquals(
                "Expected heartbeat: esx-paris (10.1.10.11, esxi-host, site paris) opens 902/udp on"
                        + " vcenter-paris (10.1.20.2, vcenter-server, site paris). Rule 902/udp"
                        + " hypervisor > vcenter-server: Purpose of 902/udp [000:1]. Client and server"
                        + " are certain: the record itself says who began. Catalog c1, estate e1.",
                scene.judge().getExplanation());
        scene.open(UNLISTED, VCENTER, 902, "udp");
        assertEquals(
                "Unexpected: 10.1.70.7 (not listed, site paris) opens 902/udp on vcenter-paris"
                        + " (10.1.20.2, vcenter-server, site paris). Only infrastructure may open this"
                        + " port, and the client is not listed (UNLISTED_PEER). Nearest rule 902/udp"
                        + " hypervisor > vcenter-server: Purpose of 902/udp [000:1]; failed"
                        + " client-role: its client must be hypervisor. Client and server are certain:"
                        + " the record itself says who began. Catalog c1, estate e1.",
                scene.judge().getExplanation());
    }

    static void assertVerdict(JudgedFlow flow, String verdict, String reason) {
        assertEquals(verdict, flow.getVerdict(), flow::getExplanation);
        assertEquals(reason, flow.getReason(), flow::getExplanation);
    }
}
