package io.flowwarden.draft;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flowwarden.catalog.Catalog;
import io.flowwarden.estate.EstateFile;
import io.flowwarden.flow.FlowBatch;
import io.flowwarden.flow.FlowColumn;
import io.flowwarden.flow.Origin;
import io.flowwarden.net.Address;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever the traffic is, its draft is an estate, in bounded memory. */
final class AnyTrafficTest {
    private static final Catalog CATALOG = Catalog.bundled();
    private static final long NOW = 1_795_212_000_000L;
    private static final long[] PORTS = {
        31031, 32032, 8043, 8123, 902, 902, 3260, 32873, 32877, 32878, 22024, 443, 53, 50_000, 0
    };
    private static final List<String> NETWORKS =
            List.of("vpc-0ab1", "null", "0x1f", "10.1.0.1", "a: [b", "# c\n- d", "", "\"", "vpc");
    private static final List<String> SOURCES =
            List.of(
                    "netflow/10.1.255.1/0",
                    "netflow/fd00:1::1/0",
                    "sflow/10.2.255.1/0",
                    "aws/eni-1",
                    "azure/x y",
                    "gcp/z",
                    "netflow/file/7");
    private static final List<String> EXPORTERS =
            List.of("10.1.255.1", "fd00:1::1", "10.2.255.1", "127.0.0.1", "0.0.0.0", "224.0.0.9");

    @Test
    void draftIsAlwaysAnEstate() {
        int withLinks = 0;
        int withEndpoints = 0;
        for (int seed = 0; seed < 300; seed++) {
            var random = new Random(seed);
            var draft = new Draft(CATALOG);
            int batches = 1 + random.nextInt(60);
            var scene = new Scene(random);
            for (int i = 0; i < batches; i++) {
                draft.observe(scene.batch());
            }
            String text = String.join("\n", draft.lines());
            assertEquals(text, String.join("\n", draft.lines()), "seed " + seed);
            EstateFile.parse("seed " + seed, text.getBytes(UTF_8), CATALOG);
            withLinks += text.contains("\n    rpo: ") || text.contains("\n    every: ") ? 1 : 0;
            withEndpoints += text.contains("\n  - {name: ") ? 1 : 0;
        }
        assertTrue(withLinks > 30 && withEndpoints > 150, withLinks + ", " + withEndpoints);
    }

    @Test
    void sentencesMadeOfCommentsStandIfSomebodyTakesTheHashAway() {
        for (int seed = 0; seed < 60; seed++) {
            var random = new Random(seed);
            var draft = new Draft(CATALOG);
            var scene = new Scene(random);
            for (int i = 0; i < 40; i++) {
                draft.observe(scene.batch());
            }
            List<String> lines =
                    draft.lines().stream()
                            .filter(line -> line.matches(" +# .*"))
                            .map(line -> line.replaceFirst("# ", ""))
                            .filter(line -> line.strip().startsWith("- {name: "))
                            .toList();
            String text = "endpoints:\n" + String.join("\n", lines);
            EstateFile.parse("seed " + seed, text.getBytes(UTF_8), CATALOG);
        }
    }

    @Test
    void scanIsForgottenAndTheDraftSaysSo() {
        var draft = new Draft(CATALOG);
        var random = new Random(1);
        var batch = new FlowBatch();
        for (int i = 0; i < 300_000; i++) {
            batch.begin(new Origin("netflow/10.1.255.1/0", "10.1.255.1", NOW + i, null));
            long server = Address.v4(10 << 24 | random.nextInt(1 << 24));
            boolean steady = i % 30 == 0;
            add(
                    batch,
                    Address.v4(
                            10 << 24 | (steady ? 1 << 16 | i / 30 % 3 : random.nextInt(1 << 24))),
                    steady ? Address.v4(10 << 24 | 1 << 16 | 99) : server,
                    40_000,
                    902,
                    17,
                    NOW + i);
            draft.observe(batch);
        }
        String text = String.join("\n", draft.lines());
        assertTrue(text.contains("subnets: the least busy are not kept"), text);
        assertTrue(text.contains("conversations on telling ports: the least busy"), text);
        assertTrue(text.contains("address: 10.1.0.99, roles: [vcenter-server]"), text);
        assertFalse(text.contains("\n  # and 0"), text);
        assertTrue(text.lines().count() < 6_000, text.lines().count() + " lines");
        EstateFile.parse("scan", text.getBytes(UTF_8), CATALOG);
    }

    private static void add(
            FlowBatch batch,
            long src,
            long dst,
            long srcPort,
            long dstPort,
            long protocol,
            long at) {
        int row = batch.add(0);
        batch.setAddress(row, FlowColumn.SRC_HI, 0, src);
        batch.setAddress(row, FlowColumn.DST_HI, 0, dst);
        batch.set(row, FlowColumn.SRC_PORT, srcPort);
        batch.set(row, FlowColumn.DST_PORT, dstPort);
        batch.set(row, FlowColumn.PROTOCOL, protocol);
        batch.set(row, FlowColumn.BYTES, 128);
        batch.set(row, FlowColumn.PACKETS, 1);
        batch.set(row, FlowColumn.START, at);
        batch.set(row, FlowColumn.END, at);
    }

    /** Few hosts, so that they meet; any column may be missing, any time be wrong. */
    private static final class Scene {
        private final Random random;
        private final long[][] hosts;
        private final FlowBatch batch = new FlowBatch();
        private long now = NOW;

        Scene(Random random) {
            this.random = random;
            hosts = new long[2 + random.nextInt(12)][];
            for (int i = 0; i < hosts.length; i++) {
                hosts[i] = host();
            }
        }

        private long[] host() {
            int last = random.nextInt(1 << 20);
            return switch (random.nextInt(9)) {
                case 0 -> new long[] {0xfd00_0001_0000_0000L | random.nextInt(4) << 16, last & 63};
                case 1 -> new long[] {0x2001_0db8_0000_0000L, last & 7};
                case 2 -> new long[] {0, Address.v4(192 << 24 | 168 << 16 | last & 0x3ff)};
                case 3 -> new long[] {0, Address.v4(198 << 24 | 51 << 16 | 100 << 8 | last & 7)};
                case 4 -> new long[] {0, Address.v4(random.nextInt())};
                case 5 -> new long[] {random.nextLong(), random.nextLong()};
                default -> new long[] {0, Address.v4(10 << 24 | (last & 3) << 16 | last >> 8 & 31)};
            };
        }

        FlowBatch batch() {
            now += random.nextInt(4) == 0 ? random.nextInt(40_000_000) : random.nextInt(400_000);
            String source = SOURCES.get(random.nextInt(SOURCES.size()));
            String exporter =
                    random.nextInt(3) == 0 ? null : EXPORTERS.get(random.nextInt(EXPORTERS.size()));
            batch.begin(new Origin(source, exporter, now, null));
            int rows = random.nextInt(30);
            for (int i = 0; i < rows; i++) {
                row();
            }
            return batch;
        }

        private void row() {
            int row = batch.add(0);
            long[] src = hosts[random.nextInt(hosts.length)];
            long[] dst = hosts[random.nextInt(hosts.length)];
            if (random.nextInt(40) > 0) {
                batch.setAddress(row, FlowColumn.SRC_HI, src[0], src[1]);
            }
            batch.setAddress(row, FlowColumn.DST_HI, dst[0], dst[1]);
            some(row, FlowColumn.SRC_PORT, random.nextBoolean() ? port() : random.nextInt(65_536));
            some(row, FlowColumn.DST_PORT, port());
            some(row, FlowColumn.PROTOCOL, random.nextInt(4) == 0 ? 17 : 6);
            some(row, FlowColumn.BYTES, size());
            some(row, FlowColumn.PACKETS, 1 + random.nextInt(9));
            some(row, FlowColumn.TCP_FLAGS, random.nextInt(256));
            long end = random.nextInt(20) == 0 ? random.nextLong() : now - random.nextInt(90_000);
            some(row, FlowColumn.END, end);
            some(row, FlowColumn.START, end - random.nextInt(60_000));
            if (random.nextInt(9) == 0) {
                some(row, FlowColumn.REVERSE_BYTES, size());
                some(row, FlowColumn.REVERSE_PACKETS, random.nextInt(9));
                some(row, FlowColumn.SAMPLING, random.nextInt());
                some(row, FlowColumn.OUTCOME, random.nextInt(3));
                some(row, FlowColumn.INITIATOR, 1 + random.nextInt(2));
            }
            if (random.nextInt(3) == 0) {
                batch.text(row, FlowColumn.VPC_ID, NETWORKS.get(random.nextInt(NETWORKS.size())));
                batch.text(row, FlowColumn.INTERFACE_ID, "eni-" + random.nextInt(9));
            }
        }

        private long size() {
            return random.nextInt(30) == 0 ? random.nextLong() : random.nextInt(900_000_000);
        }

        private long port() {
            return PORTS[random.nextInt(PORTS.length)];
        }

        private void some(int row, int column, long value) {
            if (random.nextInt(30) > 0) {
                batch.set(row, column, value);
            }
        }
    }
}
