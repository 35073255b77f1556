package io.flowwarden.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flowwarden.cli.Flowwarden.Ran;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DecodeIT {
    @TempDir Path folder;

    @Test
    void flowsAreOnStandardOutputAndNothingElse() throws Exception {
        Ran ran = Flowwarden.run(folder, v5(2), "decode", "--json", "-");
        assertEquals(0, ran.status(), ran.err());
        assertEquals("", ran.err());
        assertEquals(3, ran.lines().size());
        assertTrue(
                ran.lines()
                        .get(0)
                        .startsWith(
                                "{\"type\":\"flow\",\"source\":\"netflow/file/0\","
                                        + "\"exporter\":null,\"start\":\"2023-11-14T22:13:19.000Z\""),
                ran.out());
        assertTrue(
                ran.last()
                        .startsWith(
                                "{\"type\":\"summary\",\"inputs\":1,\"raw_records\":1,\"flows\":2,"
                                        + "\"rejected\":0,"),
                ran.last());
    }

    @Test
    void exporterNamesTheSourceOfBareDatagrams() throws Exception {
        Ran ran = Flowwarden.run(folder, v5(1), "decode", "--json", "--exporter", "10.1.0.1", "-");
        assertTrue(
                ran.out().contains("\"source\":\"netflow/10.1.0.1/0\",\"exporter\":\"10.1.0.1\""));
    }

    @Test
    void tableIsForPeople() throws Exception {
        Ran ran = Flowwarden.run(folder, v5(1), "decode", "-");
        assertEquals(0, ran.status());
        assertTrue(ran.lines().get(0).startsWith("START (UTC)"));
        assertTrue(ran.lines().get(1).contains("10.0.0.1:40000"), ran.out());
        assertTrue(ran.last().startsWith("1 input, 1 raw record, 1 flow in "), ran.last());
    }

    @Test
    void damagedFileIsNamedAndTheRestIsDecoded() throws Exception {
        Files.write(folder.resolve("half"), Arrays.copyOf(v5(2), 90));
        Files.write(folder.resolve("whole"), v5(2));
        Ran ran = Flowwarden.run(folder, "decode", "--json", "half", "whole");
        assertEquals(0, ran.status());
        assertTrue(ran.err().startsWith("flowwarden: half: offset 0: "), ran.err());
        assertTrue(ran.last().contains("\"inputs_damaged\":1"), ran.last());
        assertTrue(ran.last().contains("\"flows\":3"), ran.last());
        assertEquals(2, Flowwarden.run(folder, "decode", "--strict", "half", "whole").status());
    }

    @Test
    void nothingReadableIsStatusTwo() throws Exception {
        Files.write(folder.resolve("empty"), new byte[0]);
        Files.write(folder.resolve("version"), new byte[] {0, 5, 0, 0});
        Files.write(folder.resolve("random"), new byte[] {99, 1, 2, 3, 4, 5, 6});
        for (String file : new String[] {"empty", "version", "random", "missing"}) {
            Ran ran = Flowwarden.run(folder, "decode", "--json", file);
            assertEquals(2, ran.status(), file);
            assertTrue(ran.err().startsWith("flowwarden: " + file + ": "), ran.err());
            assertTrue(ran.last().contains("\"inputs_damaged\":1"), ran.last());
        }
    }

    @Test
    void wrongUsageIsStatusTwo() throws Exception {
        for (String[] arguments :
                new String[][] {
                    {"decode"},
                    {"decode", "--format", "wav", "x"},
                    {"decode", "--exporter", "10.1.0.256", "x"},
                    {"nonsense"},
                    {}
                }) {
            Ran ran = Flowwarden.run(folder, arguments);
            assertEquals(2, ran.status(), String.join(" ", arguments));
            assertEquals("", ran.out());
            assertFalse(ran.err().isEmpty());
        }
    }

    @Test
    void readerThatHasEnoughEndsItQuietly() throws Exception {
        byte[] many = new byte[2000 * v5(30).length];
        for (int i = 0; i < 2000; i++) {
            System.arraycopy(v5(30), 0, many, i * v5(30).length, v5(30).length);
        }
        Files.write(folder.resolve("many"), many);
        Path err = folder.resolve("err");
        Process process =
                Flowwarden.builder(folder, "decode", "--json", "many")
                        .redirectError(err.toFile())
                        .start();
        try (var out =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            assertTrue(out.readLine().startsWith("{\"type\":\"flow\""));
        }
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue());
        assertEquals("", Files.readString(err));
    }

    @Test
    void helpSaysWhatTheStatusesMean() throws Exception {
        Ran ran = Flowwarden.run(folder, "--help");
        assertEquals(0, ran.status());
        assertTrue(ran.out().contains("Exit status: 0 done; 1 critical alerts"), ran.out());
        assertTrue(ran.out().contains("2 wrong usage"), ran.out());
    }

    /** NetFlow v5: records of 10.0.0.1:40000 to 10.0.0.2:443, all of one second. */
    static byte[] v5(int records) {
        ByteBuffer out =
                ByteBuffer.allocate(24 + 48 * records)
                        .putShort((short) 5)
                        .putShort((short) records)
                        .putInt(10_000)
                        .putInt(1_700_000_000)
                        .position(24);
        for (int i = 0; i < records; i++) {
            out.putInt(0x0a000001)
                    .putInt(0x0a000002)
                    .putInt(0)
                    .putInt(0x00010002)
                    .putInt(10)
                    .putInt(8400)
                    .putInt(9_000)
                    .putInt(9_500)
                    .putShort((short) 40_000)
                    .putShort((short) 443)
                    .put((byte) 0)
                    .put((byte) 0x1b)
                    .put((byte) 6)
                    .put(new byte[9]);
        }
        return out.array();
    }
}
