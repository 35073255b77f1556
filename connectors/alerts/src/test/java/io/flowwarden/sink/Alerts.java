package io.flowwarden.sink;

import io.flowwarden.schemas.Alert;
import io.flowwarden.schemas.AlertWitness;
import io.flowwarden.schemas.Subject;
import java.time.Instant;
import java.util.List;

/** Alerts of tests. */
public final class Alerts {
    public static final Instant OPENED = Instant.parse("2026-11-20T22:04:10Z");

    private Alerts() {}

    /** Open, critical, without a cause. */
    public static Alert open(String id) {
        return Alert.newBuilder()
                .setId(id)
                .setKey("key-" + id)
                .setFindingKey("link/dr-lyon")
                .setClass$("replication")
                .setKind("REPLICATION_BLOCKED")
                .setSeverity("critical")
                .setState("OPEN")
                .setTitle("Replication dr-lyon paris->lyon blocked")
                .setExplanation(
                        "Replication dr-lyon paris->lyon 31031/tcp blocked since 22:04:10Z: 6 SYN"
                                + " from 10.1.10.11 unanswered.")
                .setSubject(
                        Subject.newBuilder()
                                .setLink("dr-lyon")
                                .setClient("10.1.10.11")
                                .setServer("10.2.20.5")
                                .setPort(31031)
                                .setTransport("tcp")
                                .setClientName("esx-paris")
                                .setServerName("vr-lyon")
                                .setClientSite("paris")
                                .setServerSite("lyon")
                                .setClientRoles(List.of("esxi-host"))
                                .setServerRoles(List.of("vr-server"))
                                .build())
                .setRule("vsphere-replication-31031-tcp-esxi-host-vr-server")
                .setReason("UNANSWERED")
                .setCategory("replication")
                .setOpenedAt(OPENED.toEpochMilli())
                .setLastSeen(OPENED.plusSeconds(60).toEpochMilli())
                .setLastGood(OPENED.minusSeconds(65).toEpochMilli())
                .setCount(6)
                .setBytes(360)
                .setPackets(6)
                .setWitnesses(
                        List.of(
                                AlertWitness.newBuilder()
                                        .setSource("netflow/10.1.255.1/0")
                                        .setSide("paris")
                                        .setState("SEES")
                                        .build()))
                .setEvidence(List.of("22:04:10Z 10.1.10.11:50123 -> 10.2.20.5:31031 S"))
                .setNextSteps(List.of("Look at the firewall between paris and lyon"))
                .setConfidence("high")
                .build();
    }

    public static Alert resolved(String id) {
        Alert alert = open(id);
        alert.setState("RESOLVED");
        alert.setResolvedAt(OPENED.plusSeconds(600).toEpochMilli());
        return alert;
    }

    /** Open, and explained by another alert. */
    public static Alert child(String id, String cause) {
        Alert alert = open(id);
        alert.setCause(cause);
        return alert;
    }
}
