package io.flowwarden.classify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flowwarden.flow.FlowColumn;
import io.flowwarden.net.Address;
import io.flowwarden.schemas.JudgedFlow;
import org.junit.jupiter.api.Test;

/** AWS states the addresses of the interface, and those in the packet where a gateway differs. */
class BehindGatewaysTest {
    private static final String HOST = "10.1.10.11";
    private static final String VCENTER = "10.1.20.2";
    private static final String GATEWAY = "10.9.0.1";

    private final Scene scene =
            new Scene()
                    .site("paris", "10.1.0.0/16")
                    .endpoint("esx", "10.1.10.0/24", "esxi-host")
                    .endpoint("vcenter", VCENTER, "vcenter-server")
                    .rule("902/udp esxi-host > vcenter-server")
                    .from("aws/fl-1");

    @Test
    void theEstateKnowsTheAddressInThePacket() {
        scene.flow(GATEWAY, 40_000, VCENTER, 902, "udp");
        packet(FlowColumn.PKT_SRC_HI, HOST);
        JudgedFlow flow = scene.judge();
        assertEquals("EXPECTED", flow.getVerdict(), flow::getExplanation);
        assertEquals(HOST, flow.getClient());
        assertEquals("esx", flow.getClientName());
        assertEquals(GATEWAY, flow.getFlow().getSrc());
        assertTrue(
                flow.getExplanation().contains(HOST + " in the packet, " + GATEWAY),
                flow.getExplanation());
    }

    @Test
    void bothEndsMayBeBehindGateways() {
        scene.flow(GATEWAY, 40_000, GATEWAY, 902, "udp");
        packet(FlowColumn.PKT_SRC_HI, HOST);
        packet(FlowColumn.PKT_DST_HI, VCENTER);
        JudgedFlow flow = scene.judge();
        assertEquals("EXPECTED", flow.getVerdict(), flow::getExplanation);
        assertEquals(VCENTER, flow.getServer());
    }

    @Test
    void whereTheEstateKnowsTheInterfaceItCounts() {
        scene.flow(HOST, 40_000, VCENTER, 902, "udp");
        packet(FlowColumn.PKT_SRC_HI, VCENTER);
        assertEquals(HOST, scene.judge().getClient());
    }

    @Test
    void anAddressThatTheEstateDoesNotKnowEitherChangesNothing() {
        scene.flow(GATEWAY, 40_000, VCENTER, 902, "udp");
        packet(FlowColumn.PKT_SRC_HI, "10.9.0.2");
        assertEquals(GATEWAY, scene.judge().getClient());
    }

    @Test
    void anAddressOfASiteIsKnownBetterThanAForeignOne() {
        scene.flow(GATEWAY, 40_000, VCENTER, 902, "udp");
        packet(FlowColumn.PKT_SRC_HI, "10.1.77.1");
        JudgedFlow flow = scene.judge();
        assertEquals("10.1.77.1", flow.getClient());
        assertEquals("paris", flow.getClientSite());
    }

    @Test
    void anEndpointWithARoleIsKnownBetterThanOneWithout() {
        scene.endpoint("gateway", GATEWAY);
        scene.flow(GATEWAY, 40_000, VCENTER, 902, "udp");
        packet(FlowColumn.PKT_SRC_HI, HOST);
        assertEquals("esx", scene.judge().getClientName());
    }

    @Test
    void aStrangerBehindAGatewayOfTheEstateHidesNothing() {
        scene.flow(HOST, 40_000, VCENTER, 902, "udp");
        packet(FlowColumn.PKT_SRC_HI, "203.0.113.5");
        JudgedFlow flow = scene.judge();
        assertEquals(HOST, flow.getClient());
        assertEquals("EXPECTED", flow.getVerdict(), flow::getExplanation);
    }

    @Test
    void aReplyThroughTheGatewayIsTheSameConversation() {
        scene.flow(VCENTER, 902, GATEWAY, 40_000, "udp");
        packet(FlowColumn.PKT_SRC_HI, VCENTER);
        packet(FlowColumn.PKT_DST_HI, HOST);
        JudgedFlow flow = scene.judge();
        assertEquals("EXPECTED", flow.getVerdict(), flow::getExplanation);
        assertEquals(HOST + ">" + VCENTER + ":902/udp", JudgedFlows.key(flow));
    }

    @Test
    void anyCollectorMayStateTheAddressInThePacket() {
        scene.from("flows-in/collector-7");
        theEstateKnowsTheAddressInThePacket();
    }

    @Test
    void oneFlowsGatewayIsNotTheNextOnes() {
        theEstateKnowsTheAddressInThePacket();
        scene.flow(GATEWAY, 40_000, VCENTER, 902, "udp");
        assertEquals(GATEWAY, scene.judge().getClient());
    }

    private void packet(int column, String address) {
        long[] bits = Address.parse(address);
        scene.with(column, bits[0]).with(column + 1, bits[1]);
    }
}
