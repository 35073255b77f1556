package io.flowwarden.classify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.flowwarden.flow.FlowColumn;
import io.flowwarden.schemas.JudgedFlow;
import org.junit.jupiter.api.Test;

/** Who is client and who is server, by the questions in the order in which they are asked. */
class OrientationTest {
    private static final String HOST = "10.1.10.11";
    private static final String VCENTER = "10.1.20.2";
    private static final String ANY = "10.1.70.7";
    private static final String OTHER = "198.51.100.7";
    private static final int SYN = 2;
    private static final int SYN_ACK = 18;

    private final Scene scene =
            new Scene()
                    .site("paris", "10.1.0.0/16")
                    .endpoint("esx", "10.1.10.0/24", "esxi-host")
                    .endpoint("vcenter", VCENTER, "vcenter-server")
                    .rule("902/udp hypervisor > vcenter-server")
                    .rule("9443/tcp client-pc > vcenter-server");

    private static void assertOriented(JudgedFlow flow, String client, String how, String by) {
        assertEquals(client, flow.getClient(), flow::getExplanation);
        assertEquals(how, flow.getOrientation(), flow::getExplanation);
        assertEquals(by, flow.getOrientedBy(), flow::getExplanation);
    }

    @Test
    void recordSaysSoBeforeTheFlagsDo() {
        scene.flow(ANY, 50_000, OTHER, 50_001, "tcp").with(FlowColumn.TCP_FLAGS, SYN);
        scene.with(FlowColumn.INITIATOR, FlowColumn.INITIATOR_DST);
        assertOriented(scene.judge(), OTHER, "certain", "record");
        scene.flow(ANY, 50_000, OTHER, 50_001, "udp");
        scene.with(FlowColumn.INITIATOR, FlowColumn.INITIATOR_SRC);
        assertOriented(scene.judge(), ANY, "certain", "record");
    }

    @Test
    void synWithoutAckIsTheClients() {
        scene.flow(ANY, 443, OTHER, 50_001, "tcp").with(FlowColumn.TCP_FLAGS, SYN);
        JudgedFlow flow = scene.judge();
        assertOriented(flow, ANY, "certain", "flags");
        assertEquals(50_001, flow.getServicePort());
    }

    @Test
    void synAckOfOneUnsampledPacketIsTheServers() {
        scene.flow(ANY, 443, OTHER, 50_001, "tcp").with(FlowColumn.TCP_FLAGS, SYN_ACK);
        scene.with(FlowColumn.PACKETS, 1);
        assertOriented(scene.judge(), OTHER, "certain", "flags");
    }

    @Test
    void synAckOfSeveralOrOfSampledPacketsSaysNothing() {
        scene.flow(ANY, 7001, OTHER, 7002, "tcp").with(FlowColumn.TCP_FLAGS, SYN_ACK);
        scene.with(FlowColumn.PACKETS, 2);
        assertOriented(scene.judge(), ANY, "guess", null);
        scene.flow(ANY, 7001, OTHER, 7002, "tcp").with(FlowColumn.TCP_FLAGS, SYN_ACK);
        scene.with(FlowColumn.PACKETS, 1).with(FlowColumn.SAMPLING, 100);
        assertOriented(scene.judge(), ANY, "guess", null);
        scene.flow(ANY, 7001, OTHER, 7002, "tcp").with(FlowColumn.TCP_FLAGS, SYN_ACK);
        assertOriented(scene.judge(), ANY, "guess", null);
    }

    @Test
    void synAckOfAPacketSampleIsTheServers() {
        scene.from("sflow/10.1.255.1/0").flow(ANY, 443, OTHER, 50_001, "tcp");
        scene.with(FlowColumn.TCP_FLAGS, SYN_ACK).with(FlowColumn.SAMPLING, 512);
        assertOriented(scene.judge(), OTHER, "certain", "flags");
    }

    @Test
    void synAckOfAwsIsTheServers() {
        for (int flags : new int[] {18, 19}) {
            scene.from("aws/fl-" + flags).flow(ANY, 443, OTHER, 50_001, "tcp");
            scene.with(FlowColumn.TCP_FLAGS, flags).with(FlowColumn.PACKETS, 20);
            assertOriented(scene.judge(), OTHER, "certain", "flags");
        }
    }

    @Test
    void flagsOfOtherTransportsSayNothing() {
        scene.flow(ANY, 7001, OTHER, 7002, "udp").with(FlowColumn.TCP_FLAGS, SYN);
        assertOriented(scene.judge(), ANY, "guess", null);
    }

    @Test
    void certainConversationIsRememberedEitherWay() {
        scene.flow(ANY, 7001, OTHER, 7002, "tcp").with(FlowColumn.TCP_FLAGS, SYN);
        scene.judge();
        assertOriented(scene.flow(OTHER, 7002, ANY, 7001, "tcp").judge(), ANY, "certain", "memory");
        assertOriented(scene.flow(ANY, 7001, OTHER, 7002, "tcp").judge(), ANY, "certain", "memory");
        assertOriented(scene.flow(ANY, 7001, OTHER, 7002, "udp").judge(), ANY, "guess", null);
        assertOriented(scene.flow(OTHER, 7002, ANY, 7003, "tcp").judge(), OTHER, "guess", null);
    }

    @Test
    void anotherSourceRemembersNothingOfIt() {
        scene.flow(ANY, 7001, OTHER, 7002, "tcp").with(FlowColumn.TCP_FLAGS, SYN);
        scene.judge();
        scene.from("netflow/10.1.255.2/0");
        assertOriented(scene.flow(OTHER, 7002, ANY, 7001, "tcp").judge(), OTHER, "guess", null);
    }

    @Test
    void likelyResultIsNotRemembered() {
        scene.flow(ANY, 50_000, OTHER, 9443, "tcp");
        assertOriented(scene.judge(), ANY, "likely", "catalog-port");
        assertOriented(
                scene.flow(ANY, 50_000, OTHER, 9443, "tcp").judge(), ANY, "likely", "catalog-port");
    }

    @Test
    void lastCertainWordIsRemembered() {
        scene.flow(ANY, 7001, OTHER, 7002, "tcp").with(FlowColumn.TCP_FLAGS, SYN).judge();
        scene.flow(OTHER, 7002, ANY, 7001, "tcp").with(FlowColumn.TCP_FLAGS, SYN).judge();
        assertOriented(
                scene.flow(ANY, 7001, OTHER, 7002, "tcp").judge(), OTHER, "certain", "memory");
    }

    @Test
    void rolesThatFitOneWayRoundOrientEvenAgainstPorts() {
        scene.rule("50000/tcp vcenter-server > esxi-host");
        scene.flow(HOST, 50_000, VCENTER, 9443, "tcp");
        assertOriented(scene.judge(), VCENTER, "likely", "roles");
    }

    @Test
    void weakRulesDoNotOrient() {
        for (String flag : new String[] {"dynamic", "advisory", "loopback", "unconfirmed"}) {
            scene.rule("50000/tcp vcenter-server > esxi-host", flag);
        }
        scene.flow(HOST, 50_000, VCENTER, 50_001, "tcp");
        assertOriented(scene.judge(), HOST, "guess", null);
    }

    @Test
    void scopeTakesPartInTheFit() {
        scene.site("lyon", "10.2.0.0/16").endpoint("far", "10.2.10.0/24", "esxi-host");
        scene.rule("6000/tcp vcenter-server > esxi-host", "intra-site");
        scene.rule("6001/tcp esxi-host > vcenter-server", "inter-site");
        scene.flow("10.2.10.1", 6000, VCENTER, 6001, "tcp");
        assertOriented(scene.judge(), "10.2.10.1", "likely", "roles");
        scene.flow(HOST, 6000, VCENTER, 6001, "tcp");
        assertOriented(scene.judge(), VCENTER, "likely", "roles");
    }

    @Test
    void earlierHalfInTheBatchIsTheClients() {
        scene.flow(ANY, 7001, OTHER, 7002, "udp").at(5, 9);
        scene.flow(OTHER, 7002, ANY, 7001, "udp").at(4, 9);
        assertOriented(scene.judge(), OTHER, "likely", "pair");

        scene.flow(OTHER, 7002, ANY, 7001, "udp").at(4, 9);
        scene.flow(ANY, 7001, OTHER, 7002, "udp").at(5, 9);
        assertOriented(scene.judge(), OTHER, "likely", "pair");
    }

    @Test
    void halvesThatStartedTogetherSayNothing() {
        scene.flow(ANY, 7001, OTHER, 7002, "udp").at(5, 9);
        scene.flow(OTHER, 7002, ANY, 7001, "udp").at(5, 9);
        assertOriented(scene.judge(), OTHER, "guess", null);
    }

    @Test
    void halvesOfDifferentBatchesSayNothing() {
        scene.flow(ANY, 7001, OTHER, 7002, "udp").at(4, 9).judge();
        scene.flow(OTHER, 7002, ANY, 7001, "udp").at(5, 9);
        assertOriented(scene.judge(), OTHER, "guess", null);
    }

    @Test
    void portOfTheCatalogIsTheServers() {
        assertOriented(
                scene.flow(ANY, 9443, OTHER, 22, "tcp").judge(), OTHER, "likely", "catalog-port");
        assertEquals(9443, scene.flow(ANY, 9443, OTHER, 22, "tcp").judge().getServicePort());
    }

    @Test
    void portsOfWeakRulesAreNotInTheCatalog() {
        for (String flag : new String[] {"dynamic", "advisory", "loopback", "unconfirmed"}) {
            scene.rule("6000/tcp client-pc > vcenter-server", flag);
        }
        assertOriented(scene.flow(ANY, 6000, OTHER, 6001, "tcp").judge(), ANY, "guess", null);
    }

    @Test
    void lowPortIsTheServersButOnlyAGuess() {
        JudgedFlow flow = scene.flow(ANY, 25, OTHER, 50_000, "tcp").judge();
        assertOriented(flow, OTHER, "guess", "low-port");
        assertEquals(25, flow.getServicePort());
        assertOriented(
                scene.flow(ANY, 1023, OTHER, 1024, "udp").judge(), OTHER, "guess", "low-port");
    }

    @Test
    void elseTheDestinationIsTakenAsTheServer() {
        JudgedFlow flow = scene.flow(ANY, 50_000, OTHER, 50_001, "tcp").judge();
        assertOriented(flow, ANY, "guess", null);
        assertEquals(50_001, flow.getServicePort());
        assertOriented(scene.flow(ANY, 25, OTHER, 26, "tcp").judge(), ANY, "guess", null);
    }

    @Test
    void typelessIcmpIsTakenForEchoAndOrientedByRoles() {
        scene.rule("icmp vcenter-server > esxi-host");
        JudgedFlow flow = scene.icmp(HOST, VCENTER, -1).judge();
        assertOriented(flow, VCENTER, "likely", "roles");
        assertEquals("EXPECTED", flow.getVerdict());
        assertNull(flow.getServicePort());
    }

    @Test
    void conversationWithoutOnePortIsStillOrientedByTheOther() {
        int row = scene.icmp(HOST, VCENTER, -1).batch.size() - 1;
        scene.batch.set(row, FlowColumn.PROTOCOL, 17);
        scene.with(FlowColumn.DST_PORT, 902);
        JudgedFlow flow = scene.judge();
        assertOriented(flow, HOST, "likely", "roles");
        assertEquals("EXPECTED", flow.getVerdict());
    }
}
