package io.flowwarden.classify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.flowwarden.catalog.Catalog;
import io.flowwarden.flow.FlowColumn;
import io.flowwarden.schemas.JudgedFlow;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the bundled catalog says in an estate of two sites. */
class TwoSiteEstateTest {
    private static final String HOST = "10.1.10.11";
    private static final String OTHER_HOST = "10.1.10.12";
    private static final String VCENTER = "10.1.20.2";
    private static final String DESKTOP = "10.1.50.5";
    private static final String UNLISTED = "10.1.70.7";
    private static final String FAR_VR = "10.2.20.5";

    private final Scene scene =
            new Scene()
                    .site("paris", "10.1.0.0/16")
                    .site("lyon", "10.2.0.0/16")
                    .endpoint("esx-paris", "10.1.10.0/24", "esxi-host")
                    .endpoint("vcenter-paris", VCENTER, "vcenter-server")
                    .endpoint("desktop", DESKTOP, "client-pc")
                    .endpoint("vr-lyon", FAR_VR, "vr-appliance", "vr-server");

    TwoSiteEstateTest() {
        scene.rules.addAll(Catalog.bundled().rules());
    }

    private void assertExpected(JudgedFlow flow, String category, List<String> marks) {
        assertEquals("EXPECTED", flow.getVerdict(), flow::getExplanation);
        assertEquals(category, flow.getCategory(), flow::getExplanation);
        assertEquals(marks, flow.getMarks(), flow::getExplanation);
    }

    private static void assertUnexpected(
            JudgedFlow flow, String reason, String nearest, String failed) {
        assertEquals("UNEXPECTED", flow.getVerdict(), flow::getExplanation);
        assertEquals(reason, flow.getReason(), flow::getExplanation);
        assertEquals(nearest, flow.getNearestRule(), flow::getExplanation);
        assertEquals(failed, flow.getFailedCondition(), flow::getExplanation);
    }

    @Test
    void replicationToTheRemoteSiteIsExpectedAndUnencrypted() {
        JudgedFlow flow = scene.flow(HOST, 54_321, FAR_VR, 31_031, "tcp").judge();
        assertExpected(flow, "replication", List.of("UNENCRYPTED"));
        assertEquals("vsphere-replication-31031-tcp-esxi-host-vr-server", flow.getRule());
        assertEquals("likely", flow.getOrientation());
        assertEquals("roles", flow.getOrientedBy());
    }

    @Test
    void encryptedReplicationIsExpected() {
        assertExpected(
                scene.flow(HOST, 54_321, FAR_VR, 32_032, "tcp").judge(), "replication", List.of());
    }

    @Test
    void replyIsTheConversationOfItsRequest() {
        for (int port : new int[] {31_031, 32_032}) {
            JudgedFlow request = scene.flow(HOST, 54_321, FAR_VR, port, "tcp").judge();
            JudgedFlow reply = scene.flow(FAR_VR, port, HOST, 54_321, "tcp").judge();
            assertEquals(HOST, reply.getClient());
            assertEquals(FAR_VR, reply.getServer());
            assertEquals(port, reply.getServicePort());
            assertEquals(JudgedFlows.key(request), JudgedFlows.key(reply));
            assertEquals(request.getVerdict(), reply.getVerdict());
            assertEquals(request.getRule(), reply.getRule());
        }
    }

    @Test
    void heartbeatOfAHostIsExpected() {
        assertExpected(
                scene.flow(HOST, 40_000, VCENTER, 902, "udp").judge(), "heartbeat", List.of());
    }

    @Test
    void managementBetweenHostsIsExpected() {
        assertExpected(
                scene.flow(HOST, 40_000, OTHER_HOST, 902, "udp").judge(), "management", List.of());
    }

    @Test
    void managingTheApplianceOfAnotherSiteBreaksItsScope() {
        assertUnexpected(
                scene.flow(VCENTER, 40_000, FAR_VR, 8043, "tcp").judge(),
                "SCOPE_VIOLATION",
                "vsphere-replication-8043-tcp-vcenter-server-vr-appliance",
                "scope");
    }

    @Test
    void desktopThatReplicatesHasTheWrongRole() {
        assertUnexpected(
                scene.flow(DESKTOP, 40_000, FAR_VR, 31_031, "tcp").judge(),
                "ROLE_MISMATCH",
                "vsphere-replication-31031-tcp-esxi-host-vr-server",
                "client-role");
    }

    @Test
    void unlistedHostThatReplicatesIsAnUnlistedPeer() {
        assertUnexpected(
                scene.flow(UNLISTED, 40_000, FAR_VR, 31_031, "tcp").judge(),
                "UNLISTED_PEER",
                "vsphere-replication-31031-tcp-esxi-host-vr-server",
                "client-role");
    }

    @Test
    void vcenterManagesItsHosts() {
        assertExpected(
                scene.flow(VCENTER, 40_000, HOST, 443, "tcp").judge(), "management", List.of());
    }

    @Test
    void hostThatOpensWhatVcenterShouldOpenIsReversedOnlyIfCertain() {
        scene.flow(HOST, 40_000, VCENTER, 443, "tcp").with(FlowColumn.TCP_FLAGS, 2);
        assertUnexpected(
                scene.judge(),
                "REVERSED",
                "vcenter-2-5-x-4-x-443-tcp-vcenter-server-hypervisor",
                "direction");

        JudgedFlow likely = scene.flow(HOST, 40_001, VCENTER, 443, "tcp").judge();
        assertEquals("likely", likely.getOrientation());
        assertEquals("PLAUSIBLE", likely.getVerdict(), likely::getExplanation);
    }

    @Test
    void withoutAnEstateCatalogPortsArePlausible() {
        scene.estate.clear();
        JudgedFlow one = scene.flow(HOST, 54_321, FAR_VR, 31_031, "tcp").judge();
        assertEquals("PLAUSIBLE", one.getVerdict());
        assertEquals("replication", one.getCategory());
        assertEquals("vsphere-replication-31031-tcp-esxi-host-vr-server", one.getRule());
        assertEquals("catalog-port", one.getOrientedBy());
        assertEquals(null, one.getEstateRevision());

        JudgedFlow many = scene.flow(HOST, 54_321, FAR_VR, 443, "tcp").judge();
        assertEquals("PLAUSIBLE", many.getVerdict());
        assertEquals(null, many.getRule());
        assertEquals(3, many.getCandidateRules().size());
        assertEquals(true, many.getCandidates() > 3);

        JudgedFlow none = scene.flow(HOST, 54_321, FAR_VR, 12_000, "tcp").judge();
        assertEquals("OUT_OF_SCOPE", none.getVerdict());
    }
}
