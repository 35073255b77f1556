package io.flowwarden.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flowwarden.cli.Flowwarden.Ran;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EstateDraftIT {
    private static final long MONDAY = 1_795_392_000L;

    @TempDir Path folder;

    @Test
    void logIsDraftedAndJudgedByItsDraft() throws Exception {
        Files.writeString(folder.resolve("flow.log"), log());
        Ran drafted = Flowwarden.run(folder, "estate", "draft", "flow.log");
        assertEquals(0, drafted.status(), drafted.err());
        assertTrue(drafted.out().contains("  - name: vpc-0paris  # "), drafted.out());
        assertTrue(drafted.out().contains("    rpo: "), drafted.out());
        assertTrue(drafted.err().startsWith("1 input, "), drafted.err());
        Files.writeString(folder.resolve("estate.yaml"), drafted.out());
        Ran judged =
                Flowwarden.run(folder, "analyze", "--json", "--estate", "estate.yaml", "flow.log");
        assertEquals(0, judged.status(), judged.err());
        assertTrue(judged.last().contains("\"verdicts\":{\"EXPECTED\":"), judged.last());
        assertTrue(!judged.last().contains("UNEXPECTED"), judged.last());
    }

    @Test
    void nothingReadableIsStatusTwoAndNoEstate() throws Exception {
        Files.write(folder.resolve("random"), new byte[] {99, 1, 2, 3, 4, 5, 6});
        Ran ran = Flowwarden.run(folder, "estate", "draft", "random");
        assertEquals(2, ran.status());
        assertEquals("", ran.out());
        assertTrue(ran.err().contains("flowwarden: random: "), ran.err());
    }

    /** Two VPCs in one /16: hosts of one replicate to the other, for two hours. */
    private static String log() {
        var log =
                new StringBuilder(
                        "version vpc-id interface-id srcaddr dstaddr srcport dstport protocol"
                                + " packets bytes start end action log-status\n");
        for (int minute = 0; minute < 120; minute += 5) {
            long start = MONDAY + minute * 60;
            for (int host = 11; host < 13; host++) {
                String address = "10.1.10." + host;
                row(log, "paris", "eni-" + host, address, "10.1.20.2", 902, 17, 1, start);
                row(log, "paris", "eni-" + host, address, "10.1.130.5", 31031, 6, 900, start);
                row(log, "lyon", "eni-5", address, "10.1.130.5", 31031, 6, 900, start);
            }
        }
        return log.toString();
    }

    private static void row(
            StringBuilder log,
            String vpc,
            String card,
            String client,
            String server,
            int port,
            int protocol,
            int packets,
            long start) {
        log.append("5 vpc-0").append(vpc).append(' ').append(card).append(' ').append(client);
        log.append(' ').append(server).append(" 50000 ").append(port).append(' ');
        log.append(protocol).append(' ').append(packets).append(' ').append(packets * 1_000);
        log.append(' ').append(start).append(' ').append(start + 60).append(" ACCEPT OK\n");
    }
}
