package io.flowwarden.classify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flowwarden.schemas.JudgedFlow;
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
    void rolesThatFitAreExpected() {
        JudgedFlow flow = scene.open(HOST, VCENTER, 902, "udp").judge();
        assertVerdict(flow, "EXPECTED", null);
        assertEquals("902/udp hypervisor > vcenter-server", flow.getRule());
        assertEquals("heartbeat", flow.getCategory());
        assertEquals(0, flow.getCandidates());
        assertNull(flow.getNearestRule());
        assertTrue(flow.getExplanation().contains("esx-paris"), flow.getExplanation());
    }

    @Test
    void rolesThatFitInABrokenScopeAreAViolation() {
        JudgedFlow flow = scene.open(VCENTER, FAR_HOST, 8043, "tcp").judge();
        assertVerdict(flow, "UNEXPECTED", "SCOPE_VIOLATION");
        assertEquals("8043/tcp vcenter-server > esxi-host", flow.getNearestRule());
        assertEquals("scope", flow.getFailedCondition());
    }

    @Test
    void foreignClientOfAServedPortIsUnknown() {
        JudgedFlow flow = scene.open(STRANGER, VCENTER, 9443, "tcp").judge();
        assertVerdict(flow, "UNEXPECTED", "UNKNOWN_PEER");
    }

    static void assertVerdict(JudgedFlow flow, String verdict, String reason) {
        assertEquals(verdict, flow.getVerdict(), flow::getExplanation);
        assertEquals(reason, flow.getReason(), flow::getExplanation);
    }
}
