package io.flowwarden.schemas;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/** One filled record of each type. */
final class Samples {
    private Samples() {}

    /** All of them, for what is done with every type. */
    static Map<Class<? extends SpecificRecord>, List<? extends SpecificRecord>> byType() {
        var all =
                new LinkedHashMap<
                        Class<? extends SpecificRecord>, List<? extends SpecificRecord>>();
        all.put(Flow.class, List.of(flow()));
        all.put(JudgedFlow.class, List.of(judged()));
        all.put(PortRule.class, List.of(rule()));
        all.put(EstateEntry.class, entries());
        return all;
    }

    static PortRule rule() {
        return PortRule.newBuilder()
                .setId("vsphere-replication-31031-tcp-esxi-host-vr-server")
                .setProduct("vsphere-replication")
                .setTransport("tcp")
                .setPortFrom(31031)
                .setPortTo(31031)
                .setSourceRoles(List.of("esxi-host"))
                .setTargetRoles(List.of("vr-server"))
                .setCategory("replication")
                .setFlags(List.of("unencrypted"))
                .setPurpose("Initial and ongoing replication")
                .setReferences(List.of("000:26", "000:34"))
                .build();
    }

    static List<EstateEntry> entries() {
        return List.of(
                entry(
                        "site",
                        "paris",
                        Site.newBuilder().setNetworks(List.of("10.1.0.0/16")).build()),
                entry(
                        "endpoint",
                        "vcenter-paris",
                        Endpoint.newBuilder()
                                .setAddresses(List.of("10.1.20.2"))
                                .setRoles(List.of("vcenter-server"))
                                .setServices(
                                        Map.of(
                                                "vcenter-4-x-8443-tcp-client-pc-vcenter-server",
                                                9443))
                                .build()),
                entry(
                        "policy",
                        "jump-hosts",
                        Policy.newBuilder()
                                .setPosition(0)
                                .setAllow(true)
                                .setFrom(List.of("10.1.99.0/24"))
                                .setUntil("2027-06-30")
                                .build()),
                entry(
                        "link",
                        "nightly",
                        Link.newBuilder()
                                .setKind("backup")
                                .setFrom("proxy-paris")
                                .setTo("10.1.10.0/24")
                                .setService("902/tcp")
                                .setMinBytes(10_000_000_000L)
                                .setDays(List.of("mon"))
                                .setWindow(new Window(1320, 1350, 240, "Europe/Paris"))
                                .build()),
                entry(
                        "maintenance",
                        "fw-upgrade",
                        Maintenance.newBuilder()
                                .setFromMillis(1_764_550_800_000L)
                                .setToMillis(1_764_558_000_000L)
                                .setSites(List.of("lyon"))
                                .build()),
                entry(
                        "capacity",
                        "paris>lyon",
                        new Capacity("paris", "lyon", 1_000_000_000L, 80.0)),
                entry(
                        "source",
                        "aws/*",
                        Source.newBuilder()
                                .setMatch("aws/*")
                                .setReportingDelayMillis(900_000L)
                                .build()));
    }

    private static EstateEntry entry(String kind, String name, Object body) {
        return EstateEntry.newBuilder().setKind(kind).setName(name).setBody(body).build();
    }

    static Flow flow() {
        return Flow.newBuilder()
                .setSource("netflow/10.1.255.1/0")
                .setExporter("10.1.255.1")
                .setStart(1_700_000_000_000L)
                .setEnd(1_700_000_010_000L)
                .setSrc("10.1.10.11")
                .setDst("10.2.20.5")
                .setSrcPort(54321)
                .setDstPort(31031)
                .setTransport("tcp")
                .setProtocol(6)
                .setBytes(123_456L)
                .setPackets(100L)
                .setTcpFlags(0x1b)
                .setOutcome("UNKNOWN")
                .setTimeFrom("uptime")
                .setClamped(false)
                .build();
    }

    static JudgedFlow judged() {
        return JudgedFlow.newBuilder()
                .setFlow(flow())
                .setClient("10.1.10.11")
                .setServer("10.2.20.5")
                .setServicePort(31031)
                .setOrientation("certain")
                .setOrientedBy("flags")
                .setVerdict("EXPECTED")
                .setCategory("replication")
                .setRule(rule().getId())
                .setCandidates(0)
                .setClientRoles(List.of("esxi-host"))
                .setServerRoles(List.of("vr-appliance", "vr-server"))
                .setMarks(List.of("UNENCRYPTED"))
                .setExplanation("Replication from paris to lyon.")
                .build();
    }
}
