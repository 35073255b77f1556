package io.flowwarden.classify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flowwarden.schemas.JudgedFlow;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TypedFlowTest {
    private static final Instant AT = Instant.ofEpochMilli(Scene.NOON);

    private final Scene scene =
            new Scene()
                    .site("paris", "10.1.0.0/16")
                    .endpoint("esx", "10.1.10.0/24", "esxi-host")
                    .endpoint("first-esx", "10.1.10.1", "esxi-host")
                    .endpoint("vcenter", "10.1.20.2", "vcenter-server")
                    .rule("902/udp esxi-host > vcenter-server")
                    .rule("icmp listed > listed")
                    .rule("443/tcp vcenter-server > esxi-host");

    private JudgedFlow judge(String client, String server, String service) {
        return new TypedFlow(scene.knowledge(), scene.estate).judge(client, server, service, AT);
    }

    @Test
    void orderTypedIsTheOrientation() {
        JudgedFlow flow = judge("10.1.10.11", "10.1.20.2", "443/tcp");
        assertEquals("10.1.10.11", flow.getClient());
        assertEquals("certain", flow.getOrientation());
        assertEquals("given", flow.getOrientedBy());
        assertEquals("REVERSED", flow.getReason());
        assertTrue(flow.getExplanation().contains("certain: as given"), flow.getExplanation());
        assertEquals("EXPECTED", judge("10.1.20.2", "10.1.10.11", "443/tcp").getVerdict());
    }

    @Test
    void endpointsAreAcceptedByName() {
        JudgedFlow flow = judge("esx", "vcenter", "902/udp");
        assertEquals("EXPECTED", flow.getVerdict());
        assertEquals("10.1.10.2", flow.getClient(), "its first address that is nobody else's");
        assertEquals("esx", flow.getClientName());
    }

    @Test
    void echoCanBeAskedFor() {
        assertEquals("EXPECTED", judge("esx", "vcenter", "icmp").getVerdict());
    }

    @Test
    void policyIsAskedForTheDateGiven() {
        scene.policy("till-friday", true, "", "", "22/tcp", "2026-11-20");
        var typed = new TypedFlow(scene.knowledge(), scene.estate);
        Instant friday = AT.minusSeconds(86_400);
        assertEquals("EXPECTED", typed.judge("esx", "vcenter", "22/tcp", friday).getVerdict());
        assertEquals("UNEXPECTED", typed.judge("esx", "vcenter", "22/tcp", AT).getVerdict());
    }

    @Test
    void whatIsNoHostOrServiceIsNamed() {
        for (String[] wrong :
                new String[][] {
                    {"nobody", "vcenter", "902/udp", "nobody"},
                    {"esx", "10.1.1.256", "902/udp", "10.1.1.256"},
                    {"esx", "vcenter", "902", "902"},
                    {"esx", "vcenter", "902/sctp", "902/sctp"},
                    {"esx", "vcenter", "65536/tcp", "65536/tcp"}
                }) {
            var fault =
                    assertThrows(
                            IllegalArgumentException.class,
                            () -> judge(wrong[0], wrong[1], wrong[2]));
            assertTrue(fault.getMessage().startsWith(wrong[3] + " is"), fault.getMessage());
        }
    }
}
