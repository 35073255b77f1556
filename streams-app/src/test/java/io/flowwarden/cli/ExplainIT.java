package io.flowwarden.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code flowwarden explain} in a process of its own. */
final class ExplainIT {
    private static final String ESTATE =
            """
            sites:
              - {name: paris, networks: [10.1.0.0/16]}
              - {name: lyon, networks: [10.2.0.0/16]}
            endpoints:
              - {name: esx-paris, address: 10.1.10.0/24, roles: [esxi-host]}
              - {name: vr-lyon, address: 10.2.20.5, roles: [vr-appliance, vr-server]}
            """;

    @TempDir Path folder;

    @Test
    void verdictIsExplainedInSentences() throws Exception {
        Path estate = Files.writeString(folder.resolve("estate.yaml"), ESTATE);
        var ran =
                Flowwarden.run(
                        folder,
                        "explain",
                        "esx-paris",
                        "10.2.20.5",
                        "31031/tcp",
                        "--estate",
                        estate.toString());
        assertEquals(0, ran.status(), ran.err());
        assertEquals("10.1.10.1>10.2.20.5:31031/tcp  EXPECTED replication", ran.lines().get(0));
        assertTrue(
                ran.lines()
                        .get(1)
                        .startsWith(
                                "Expected replication: esx-paris (10.1.10.1, esxi-host, site"
                                        + " paris) opens 31031/tcp on vr-lyon (10.2.20.5,"
                                        + " vr-appliance and vr-server, site lyon). Rule"
                                        + " vsphere-replication-31031-tcp-esxi-host-vr-server"),
                ran.out());
    }

    @Test
    void jsonIsAJudgedFlow() throws Exception {
        var ran = Flowwarden.run(folder, "explain", "10.0.0.1", "10.0.0.2", "31031/tcp", "--json");
        assertEquals(0, ran.status(), ran.err());
        assertEquals(1, ran.lines().size());
        assertTrue(
                ran.out()
                        .contains(
                                "\"orientation\":\"certain\",\"oriented_by\":\"given\","
                                        + "\"verdict\":\"PLAUSIBLE\",\"category\":\"replication\""),
                ran.out());
    }

    @Test
    void whatIsNoHostIsWrongUsage() throws Exception {
        var ran = Flowwarden.run(folder, "explain", "nobody", "10.0.0.2", "31031/tcp");
        assertEquals(2, ran.status());
        assertEquals(
                "flowwarden: nobody is neither an address nor an endpoint of an estate: none is"
                        + " given\n",
                ran.err());
        Path estate =
                Files.writeString(
                        folder.resolve("estate.yaml"),
                        "endpoints: [{name: vr-lyon, address: 10.2.20.5, roles: [vr-server]}]\n");
        var near =
                Flowwarden.run(
                        folder,
                        "explain",
                        "10.0.0.2",
                        "vr-lyo",
                        "31031/tcp",
                        "--estate",
                        estate.toString());
        assertTrue(near.err().endsWith("; did you mean vr-lyon?\n"), near.err());
    }
}
