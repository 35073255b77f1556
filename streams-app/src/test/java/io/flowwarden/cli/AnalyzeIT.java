package io.flowwarden.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flowwarden.cli.Flowwarden.Ran;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AnalyzeIT {
    private static final String LOG =
            """
            version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status
            2 123456789012 eni-0a1b 10.1.10.11 10.2.20.5 50123 31031 6 1000 1400000 1795212000 1795212060 ACCEPT OK
            2 123456789012 eni-0a1b 10.2.20.5 10.1.10.11 31031 50123 6 500 26000 1795212000 1795212060 ACCEPT OK
            2 123456789012 eni-0a1b 10.1.66.6 10.2.20.5 40001 31031 6 3 180 1795212010 1795212070 REJECT OK
            2 123456789012 eni-0a1b 10.1.10.11 10.1.20.2 40002 902 17 1 128 1795212020 1795212080 ACCEPT OK
            2 123456789012 eni-0a1b - - - - - - - 1795212080 1795212140 - NODATA
            nonsense
            """;

    private static final String ESTATE =
            """
            sites:
              - {name: paris, networks: [10.1.0.0/16]}
              - {name: lyon, networks: [10.2.0.0/16]}
            endpoints:
              - {name: esx-paris, address: 10.1.10.11, roles: [esxi-host]}
              - {name: vcenter-paris, address: 10.1.20.2, roles: [vcenter-server]}
              - {name: vr-lyon, address: 10.2.20.5, roles: [vr-appliance, vr-server]}
            """;

    @TempDir Path folder;
    private Path temporary;

    @BeforeEach
    void write() throws Exception {
        temporary = Files.createDirectory(folder.resolve("tmp"));
        Files.writeString(folder.resolve("flow.log"), LOG);
        Files.writeString(folder.resolve("estate.yaml"), ESTATE);
    }

    @Test
    void logWithEstateIsJudgedRowByRow() throws Exception {
        Ran ran = analyze("--json", "--estate", "estate.yaml", "flow.log");
        assertEquals(0, ran.status(), ran.err());
        assertEquals(7, ran.lines().size(), ran.out());
        assertHas(line(ran, "\"type\":\"alert\""), "\"kind\":\"UNEXPECTED_FLOW\"");
        String replication = line(ran, "\"src\":\"10.1.10.11\",\"dst\":\"10.2.20.5\"");
        assertHas(replication, "\"verdict\":\"EXPECTED\",\"category\":\"replication\"");
        assertHas(replication, "\"marks\":[\"UNENCRYPTED\"]");
        assertHas(replication, "\"client\":\"10.1.10.11\",\"server\":\"10.2.20.5\"");
        assertHas(replication, "\"client_site\":\"paris\",\"server_site\":\"lyon\"");
        assertHas(replication, "\"input\":\"flow.log\"");
        String reply = line(ran, "\"src\":\"10.2.20.5\"");
        assertHas(
                reply, "\"client\":\"10.1.10.11\",\"server\":\"10.2.20.5\",\"service_port\":31031");
        assertHas(reply, "\"verdict\":\"EXPECTED\"");
        assertHas(line(ran, "\"src\":\"10.1.66.6\""), "\"reason\":\"UNLISTED_PEER\"");
        assertHas(line(ran, "\"dst_port\":902"), "\"category\":\"heartbeat\"");
        assertHas(line(ran, "\"type\":\"rejected\""), "nonsense");
        assertHas(
                ran.last(),
                "{\"type\":\"summary\",\"inputs\":1,\"raw_records\":1,\"flows\":4,\"rejected\":1,"
                        + "\"verdicts\":{\"EXPECTED\":3,\"UNEXPECTED\":1},"
                        + "\"categories\":{\"heartbeat\":1,\"replication\":2},"
                        + "\"alerts\":{\"UNEXPECTED_FLOW\":1},\"pending\":0,\"seconds\":");
        assertHas(
                ran.last(),
                "\"inputs_damaged\":0,\"skipped\":{},\"nodata\":1,"
                        + "\"outcomes\":{\"ACCEPTED\":3,\"REJECTED\":1},\"open_critical\":0");
        assertNothingLeft();
    }

    @Test
    void withoutEstateCatalogPortsArePlausibleAndNothingIsLost() throws Exception {
        Ran ran = analyze("flow.log");
        assertEquals(0, ran.status(), ran.err());
        assertHas(ran.out(), "1 input, 1 raw record, 4 flows in ");
        assertHas(ran.out(), "PLAUSIBLE                4   100 %");
        assertHas(ran.out(), "likely replication   10.1.10.11 > 10.2.20.5:31031/tcp: 2 flows");
        assertHas(ran.out(), "flowwarden estate draft INPUT... > estate.yaml");
        assertHas(ran.out(), "flowwarden analyze INPUT... --estate estate.yaml");
    }

    @Test
    void damagedFilesAreNamedAndTheRestIsAnalyzed() throws Exception {
        byte[] gzip = gzip(LOG);
        Files.write(folder.resolve("cut.gz"), Arrays.copyOf(gzip, gzip.length / 2));
        Files.write(folder.resolve("random"), new byte[] {77, 1, 2, 3, 4, 5, 6, 7, 8});
        Files.write(folder.resolve("empty"), new byte[0]);
        byte[] capture = capture();
        Files.write(folder.resolve("good.pcap"), capture);
        Files.write(folder.resolve("half.pcap"), Arrays.copyOf(capture, capture.length / 2));
        Ran ran =
                analyze(
                        "--json",
                        "--flows",
                        "none",
                        "cut.gz",
                        "random",
                        "empty",
                        "half.pcap",
                        "good.pcap");
        assertEquals(0, ran.status(), ran.err());
        for (String file :
                new String[] {
                    "cut.gz: offset ", "random: offset 0", "empty: offset 0", "half.pcap: offset "
                }) {
            assertHas(ran.err(), "flowwarden: " + file);
        }
        assertHas(ran.last(), "\"inputs\":5,");
        assertHas(ran.last(), "\"inputs_damaged\":4");
        // One of half.pcap, three of good.pcap; what the cut gzip gave is a torn row.
        assertHas(ran.last(), "\"flows\":4,");
        assertEquals(2, analyze("--strict", "--flows", "none", "half.pcap", "good.pcap").status());
    }

    @Test
    void nothingReadableIsStatusTwoWithoutStartingAnything() throws Exception {
        Files.write(folder.resolve("empty"), new byte[0]);
        Ran ran = analyze("empty");
        assertEquals(2, ran.status());
        assertHas(ran.err(), "flowwarden: empty: offset 0: is empty");
        Files.writeString(folder.resolve("headed.log"), LOG.lines().findFirst().orElseThrow());
        assertEquals(0, analyze("headed.log").status());
    }

    @Test
    void rejectedInputAloneIsStatusTwo() throws Exception {
        Files.write(folder.resolve("version-only"), new byte[] {0, 9, 0, 0});
        Ran ran = analyze("--json", "version-only");
        assertEquals(2, ran.status(), ran.out());
        assertHas(
                ran.out(),
                "\"type\":\"rejected\",\"source\":\"netflow/file/0\",\"reason\":\"TRUNCATED\"");
        assertHas(ran.err(), "flowwarden: version-only: ");
    }

    @Test
    void faultyEstateIsRefusedWithAllItsFaults() throws Exception {
        Files.writeString(
                folder.resolve("estate.yaml"),
                "sites:\n  - {name: paris, networks: [10.1.0.0/99]}\nendpoints:\n"
                        + "  - {name: a, address: 10.1.1.1, roles: [esxi-hots]}\n");
        Ran ran = analyze("--estate", "estate.yaml", "flow.log");
        assertEquals(2, ran.status());
        assertHas(ran.err(), "estate.yaml:2");
        assertHas(ran.err(), "esxi-host");
    }

    @Test
    void stoppedInTheMiddleItLeavesNothing() throws Exception {
        ProcessBuilder builder = Flowwarden.builder(folder, "analyze", "--format", "netflow", "-");
        builder.command().add(1, "-Djava.io.tmpdir=" + temporary);
        Path err = folder.resolve("stopped-err");
        try (WatchService watch = folder.getFileSystem().newWatchService()) {
            temporary.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
            Process process = builder.redirectError(err.toFile()).start();
            // More than the reader looks ahead; then silence, so it waits for ever.
            for (int i = 0; i < 1000; i++) {
                process.getOutputStream().write(DecodeIT.v5(30));
            }
            process.getOutputStream().flush();
            assertTrue(watch.poll(60, TimeUnit.SECONDS) != null, "no folder was made");
            assertTrue(process.toHandle().destroy());
            assertTrue(process.waitFor(60, TimeUnit.SECONDS));
            assertEquals(143, process.exitValue());
        }
        assertEquals("", Files.readString(err));
        assertNothingLeft();
    }

    @Test
    void separateInputsDoNotShareTemplates() throws Exception {
        Files.write(folder.resolve("1-template"), v9(true));
        Files.write(folder.resolve("2-data"), v9(false));
        String together = analyze("--json", "1-template", "2-data").last();
        assertHas(together, "\"flows\":1,");
        String separate = analyze("--json", "--separate", "1-template", "2-data").last();
        assertHas(separate, "\"flows\":0,");
        assertHas(separate, "\"skipped\":{\"NO_TEMPLATE\":1}");
    }

    private Ran analyze(String... arguments) throws Exception {
        String[] all = new String[arguments.length + 1];
        all[0] = "analyze";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return Flowwarden.run(folder, temporary, all);
    }

    private void assertNothingLeft() throws Exception {
        try (var left = Files.list(temporary)) {
            assertEquals(0, left.filter(Files::isDirectory).count());
        }
    }

    private static String line(Ran ran, String part) {
        return ran.lines().stream()
                .filter(line -> line.contains(part))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no line with " + part + ": " + ran.out()));
    }

    private static void assertHas(String text, String part) {
        assertTrue(text.contains(part), () -> "no '" + part + "' in:\n" + text);
    }

    private static byte[] gzip(String text) throws Exception {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(text.getBytes(UTF_8));
        }
        return out.toByteArray();
    }

    /** Two packets of NetFlow v5 over raw IPv4, one and two records. */
    private static byte[] capture() {
        var out = new ByteArrayOutputStream();
        out.writeBytes(
                ByteBuffer.allocate(24)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putInt(0xa1b2c3d4)
                        .putShort((short) 2)
                        .putShort((short) 4)
                        .putLong(0)
                        .putInt(65535)
                        .putInt(101)
                        .array());
        for (int records = 1; records <= 2; records++) {
            byte[] datagram = DecodeIT.v5(records);
            int length = 28 + datagram.length;
            out.writeBytes(
                    ByteBuffer.allocate(16 + length)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .putInt(1_700_000_000)
                            .putInt(0)
                            .putInt(length)
                            .putInt(length)
                            .order(ByteOrder.BIG_ENDIAN)
                            .putShort((short) 0x4500)
                            .putShort((short) length)
                            .putInt(0)
                            .putShort((short) 0x4011)
                            .putShort((short) 0)
                            .putInt(0x0a000009)
                            .putInt(0x0a00000a)
                            .putShort((short) 40_000)
                            .putShort((short) 2055)
                            .putShort((short) (8 + datagram.length))
                            .putShort((short) 0)
                            .put(datagram)
                            .array());
        }
        return out.toByteArray();
    }

    /** NetFlow v9: a template of two addresses, or one record of it. */
    private static byte[] v9(boolean template) {
        ByteBuffer header =
                ByteBuffer.allocate(template ? 36 : 32)
                        .putShort((short) 9)
                        .putShort((short) 1)
                        .putInt(1000)
                        .putInt(1_700_000_000)
                        .putLong(0);
        if (template) {
            header.putShort((short) 0)
                    .putShort((short) 16)
                    .putShort((short) 256)
                    .putShort((short) 2)
                    .putInt(8 << 16 | 4)
                    .putInt(12 << 16 | 4);
        } else {
            header.putShort((short) 256).putShort((short) 12).putInt(0x0a000001).putInt(0x0a000002);
        }
        return header.array();
    }
}
