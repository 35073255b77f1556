package io.flowwarden.blockage;

import static io.flowwarden.decode.ExportBytes.raw;
import static io.flowwarden.decode.ExportBytes.set;
import static io.flowwarden.decode.ExportBytes.template;
import static io.flowwarden.decode.ExportBytes.v9;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.flowwarden.detect.Timeline;
import io.flowwarden.raw.RawFormat;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Evidence as each kind of source writes it, from the bytes on. */
class FixturesTest {
    private static final long TEN = Instant.parse("2026-11-20T22:00:00Z").getEpochSecond();

    private static final String FLAGS =
            "version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes"
                    + " start end action log-status tcp-flags";

    /** Interfaces in the same log: of the client and of the server. */
    private static final String CLIENT_SIDE = "eni-aaaa1111";

    private static final String SERVER_SIDE = "eni-bbbb2222";

    private final Timeline line = new Timeline(Blockage::new, BlockageTest.ESTATE);

    private List<String> told() {
        return line.found().stream().map(BlockageTest::words).toList();
    }

    /**
     * A log record per minute: {@code eni src sport dst dport proto packets bytes action flags}.
     */
    private void aws(int minute, String... rows) {
        var text = new StringBuilder();
        for (String row : rows) {
            String[] f = row.split(" ");
            text.append(
                            "2 123456789012 %s %s %s %s %s %s %s %s "
                                    .formatted(f[0], f[1], f[3], f[2], f[4], f[5], f[6], f[7]))
                    .append(TEN + minute * 60L - 50)
                    .append(' ')
                    .append(TEN + minute * 60L)
                    .append(' ')
                    .append(f[8])
                    .append(" OK")
                    .append(f.length > 9 ? " " + f[9] : "")
                    .append('\n');
        }
        String fields = rows[0].split(" ").length > 9 ? FLAGS : null;
        line.from("aws/fl-1").at("22:%02d:00".formatted(minute));
        line.raw(RawFormat.AWS, fields, text.toString().getBytes(US_ASCII));
    }

    private static String request(String eni, int port, int packets, int bytes, String rest) {
        return eni
                + " 10.1.10.11 "
                + port
                + " 10.2.20.5 31031 6 "
                + packets
                + " "
                + bytes
                + " "
                + rest;
    }

    private static String reply(String eni, int port, int packets, int bytes, String rest) {
        return eni
                + " 10.2.20.5 31031 10.1.10.11 "
                + port
                + " 6 "
                + packets
                + " "
                + bytes
                + " "
                + rest;
    }

    @Test
    void awsRejectsOnAReplicationPortWithoutFlags() {
        for (int minute = 1; minute <= 3; minute++) {
            aws(minute, request(SERVER_SIDE, 50_000 + minute, 2, 120, "REJECT"));
        }
        assertEquals(List.of("22:03:00 link/dr-lyon BLOCKED DENIED 3"), told());
    }

    @Test
    void awsRejectsOfLatePacketsHaveNoSyn() {
        for (int minute = 1; minute <= 6; minute++) {
            aws(
                    minute,
                    request(SERVER_SIDE, 50_001, 2, 120, "REJECT 0"),
                    request(SERVER_SIDE, 50_002, 2, 120, "REJECT 1"),
                    request(SERVER_SIDE, 50_003, 1, 40, "REJECT 4"));
        }
        assertEquals(List.of(), told());
        for (int minute = 7; minute <= 9; minute++) {
            aws(minute, request(SERVER_SIDE, 50_000 + minute, 2, 120, "REJECT 2"));
        }
        assertEquals(List.of("22:09:00 link/dr-lyon BLOCKED DENIED 3"), told());
    }

    @Test
    void awsAcceptsAtTheClientWhatItRejectsAtTheServer() {
        for (int minute = 1; minute <= 3; minute++) {
            aws(
                    minute,
                    request(CLIENT_SIDE, 50_000 + minute, 2, 120, "ACCEPT 2"),
                    request(SERVER_SIDE, 50_000 + minute, 2, 120, "REJECT 2"),
                    CLIENT_SIDE + " 10.1.10.11 41000 10.1.20.2 902 17 6 600 ACCEPT 0",
                    SERVER_SIDE + " 10.1.10.11 41000 10.1.20.2 902 17 6 600 REJECT 0");
        }
        assertEquals(2, told().size(), () -> told().toString());
        assertEquals(1, told().stream().filter(t -> t.contains("link/dr-lyon BLOCKED")).count());
        assertEquals("22:03:00 link/beats BLOCKED DENIED 3", told().get(1));
        aws(4, SERVER_SIDE + " 10.1.10.11 41000 10.1.20.2 902 17 6 600 ACCEPT 0");
        assertEquals("22:04:00 link/beats CLEAR PAYLOAD 3", told().get(2));
    }

    @Test
    void awsRejectsOfTheReplyBlockTheReply() {
        for (int minute = 1; minute <= 3; minute++) {
            aws(
                    minute,
                    request(CLIENT_SIDE, 50_000 + minute, 4, 240, "ACCEPT 2"),
                    reply(CLIENT_SIDE, 50_000 + minute, 4, 240, "REJECT 18"));
        }
        assertEquals(List.of("22:03:00 link/dr-lyon BLOCKED REPLY_DENIED 3"), told());
    }

    @Test
    void awsSynsWithoutAReverseRecordAreUnanswered() {
        for (int minute = 1; minute <= 3; minute++) {
            aws(minute, request(CLIENT_SIDE, 50_000 + minute, 3, 180, "ACCEPT 2"));
        }
        assertEquals(List.of("22:03:00 link/dr-lyon BLOCKED UNANSWERED 3"), told());
    }

    @Test
    void awsWritesNoAckSoALoneSynWithAReverseRecordIsASession() {
        for (int minute = 1; minute <= 9; minute++) {
            aws(
                    minute,
                    request(CLIENT_SIDE, 50_000 + minute, 3, 180, "ACCEPT 2"),
                    reply(CLIENT_SIDE, 50_000 + minute, 2, 112, "ACCEPT 18"));
        }
        assertEquals(List.of(), told());
    }

    @Test
    void awsMayCutALogBetweenBothDirections() {
        for (int minute = 1; minute <= 9; minute++) {
            aws(minute, request(CLIENT_SIDE, 50_000 + minute, 3, 180, "ACCEPT 2"));
            aws(minute, reply(CLIENT_SIDE, 50_000 + minute, 2, 112, "ACCEPT 18"));
        }
        assertEquals(List.of(), told());
    }

    @Test
    void awsRefusalsAreResets() {
        for (int minute = 1; minute <= 3; minute++) {
            aws(
                    minute,
                    request(CLIENT_SIDE, 50_000 + minute, 1, 60, "ACCEPT 2"),
                    reply(CLIENT_SIDE, 50_000 + minute, 1, 40, "ACCEPT 4"));
        }
        assertEquals(List.of("22:03:00 link/dr-lyon BLOCKED REFUSED 3"), told());
    }

    @Test
    void azureDenialsOnAReplicationPort() {
        for (int minute = 1; minute <= 3; minute++) {
            long seconds = TEN + minute * 60L;
            azure(minute, seconds + ",10.1.10.11,10.2.20.5,5003" + minute + ",31031,T,I,D,B,,,,");
        }
        assertEquals(List.of("22:03:00 link/dr-lyon BLOCKED DENIED 3"), told());
        azure(4, TEN + 240 + ",10.1.10.11,10.2.20.5,50040,31031,T,I,A,B,,,,");
        assertEquals("22:04:00 link/dr-lyon CLEAR PAYLOAD 3", told().get(1));
    }

    @Test
    void azureDenialsInAVirtualNetworksLog() {
        for (int minute = 1; minute <= 3; minute++) {
            long millis = (TEN + minute * 60L) * 1000;
            azure(
                    minute,
                    millis + ",10.1.10.11,10.2.20.5,5003" + minute + ",31031,6,I,D,NX,0,0,0,0");
        }
        assertEquals(List.of("22:03:00 link/dr-lyon BLOCKED DENIED 3"), told());
    }

    private void azure(int minute, String tuple) {
        String record =
                "{\"time\":\"2026-11-20T22:00:00Z\",\"macAddress\":\"00224871C205\","
                        + "\"flowLogResourceID\":\"/SUBSCRIPTIONS/SUB-1/X/FLOWLOGS/L\","
                        + "\"targetResourceID\":\"/subscriptions/sub-1/virtualNetworks/spoke1\","
                        + "\"flowRecords\":{\"flows\":[{\"aclID\":\"a\",\"flowGroups\":[{\"rule\":"
                        + "\"r\",\"flowTuples\":[\""
                        + tuple
                        + "\"]}]}]}}";
        line.from("azure/nsg-1").at("22:%02d:00".formatted(minute));
        line.raw(RawFormat.AZURE, null, record.getBytes(US_ASCII));
    }

    /** Cisco, "ASA NetFlow Implementation Guide", flow-denied events. */
    private void asa(int minute, int port, int event, int reason) {
        long seconds = TEN + minute * 60L;
        line.from("netflow/10.1.255.1/0").at("22:%02d:00".formatted(minute));
        line.raw(
                RawFormat.NETFLOW,
                null,
                v9(
                        seconds,
                        1_000_000,
                        0,
                        set(
                                0,
                                template(
                                        256, 8, 4, 12, 4, 7, 2, 11, 2, 4, 1, 233, 1, 33002, 2, 323,
                                        8)),
                        set(
                                256,
                                raw().ip("10.1.10.11")
                                        .ip("10.2.20.5")
                                        .u16(port)
                                        .u16(31_031)
                                        .u8(6)
                                        .u8(event)
                                        .u16(reason)
                                        .u64(seconds * 1000)
                                        .get())));
    }

    @Test
    void nselDenialsOnAReplicationPort() {
        for (int minute = 1; minute <= 3; minute++) {
            asa(minute, 50_000 + minute, 3, 1_001);
        }
        assertEquals(List.of("22:03:00 link/dr-lyon BLOCKED DENIED 3"), told());
    }

    @Test
    void nselSaysWhenTheFirstPacketWasNoSyn() {
        for (int minute = 1; minute <= 9; minute++) {
            asa(minute, 50_000 + minute, 3, 1_004);
        }
        assertEquals(List.of(), told());
    }
}
