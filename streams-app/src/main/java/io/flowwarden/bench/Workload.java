package io.flowwarden.bench;

import io.flowwarden.net.Address;
import io.flowwarden.raw.RawFormat;
import io.flowwarden.raw.RawRecord;
import io.flowwarden.schemas.Endpoint;
import io.flowwarden.schemas.EstateEntry;
import io.flowwarden.schemas.Link;
import io.flowwarden.schemas.Site;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Made-up traffic of a two-site estate as NetFlow v9, the same for the same seed: datagrams of 24
 * flows under a template of 12 fields, of which one flow in a hundred is UNEXPECTED.
 */
public final class Workload {
    public static final int FLOWS = 24;

    private static final long EPOCH = 1_780_000_000_000L;
    private static final int TEMPLATE = 300;

    /** A template comes first and then with every so many datagrams of its source. */
    private static final int TEMPLATE_EVERY = 500;

    /** Type and length of each field, RFC 3954 section 8. */
    private static final int[][] FIELDS = {
        {8, 4}, {12, 4}, {7, 2}, {11, 2}, {4, 1}, {6, 1}, {1, 4}, {2, 4}, {22, 4}, {21, 4}, {10, 2},
        {14, 2}
    };

    private static final int RECORD = 34;
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final String[] ROLES = {
        "esxi-host", "vr-server", "vcenter-server", "backup-proxy", "client-pc"
    };
    private static final int HOST = 0;
    private static final int VR = 1;
    private static final int VCENTER = 2;
    private static final int PC = 4;

    /** Between the servers of one client. */
    private static final int SPREAD = 97;

    private final Random random;
    private final int perSite;
    private final int sources;
    private final int peers;
    private final double millisPerTurn;
    private final int[] sequences;
    private int turn;

    /**
     * Any with any: hardly a conversation comes twice. A source sends a datagram a second.
     *
     * @param prefixes endpoints of the estate, each a prefix of its own; at most 100 000
     * @param sources exporters that take turns
     */
    public Workload(long seed, int prefixes, int sources) {
        this(seed, prefixes, sources, 0, FLOWS * sources);
    }

    /**
     * @param peers how many servers of a kind a client talks to, all of it seen by one source; 0
     *     for any, seen by any
     * @param rate flows a second of all sources together, by the clock of the traffic
     */
    public Workload(long seed, int prefixes, int sources, int peers, int rate) {
        this.random = new Random(seed);
        this.perSite = prefixes / 2;
        this.sources = sources;
        this.peers = peers;
        this.millisPerTurn = 1000.0 * FLOWS * sources / rate;
        this.sequences = new int[sources];
    }

    /** The estate that the traffic belongs to. */
    public List<EstateEntry> estate() {
        var entries = new ArrayList<EstateEntry>();
        for (int site = 0; site < 2; site++) {
            entries.add(
                    entry(
                            "site",
                            "site-" + site,
                            Site.newBuilder()
                                    .setNetworks(List.of("10." + (site + 1) + ".0.0/16"))
                                    .build()));
            for (int i = 0; i < perSite; i++) {
                entries.add(
                        entry(
                                "endpoint",
                                "endpoint-" + site + "-" + i,
                                Endpoint.newBuilder()
                                        .setAddresses(
                                                List.of(
                                                        Address.text(
                                                                        0,
                                                                        Address.v4(
                                                                                address(site, i)))
                                                                + "/32"))
                                        .setRoles(List.of(ROLES[i % ROLES.length]))
                                        .setServices(Map.of())
                                        .build()));
            }
        }
        if (peers > 0) {
            links(entries);
        }
        return entries;
    }

    /** What its heartbeats and its replication are declared as. */
    private static void links(List<EstateEntry> entries) {
        for (int site = 0; site < 2; site++) {
            entries.add(
                    entry(
                            "link",
                            "beats-" + site,
                            Link.newBuilder()
                                    .setKind("heartbeat")
                                    .setFrom("site-" + site)
                                    .setTo("site-" + site)
                                    .setService("902/udp")
                                    .setEveryMillis(10_000L)
                                    .setMisses(6)
                                    .build()));
            entries.add(
                    entry(
                            "link",
                            "dr-" + site,
                            Link.newBuilder()
                                    .setKind("replication")
                                    .setFrom("site-" + site)
                                    .setTo("site-" + (1 - site))
                                    .setService("31031/tcp")
                                    .setRpoMillis(900_000L)
                                    .build()));
        }
    }

    private static EstateEntry entry(String kind, String name, Object body) {
        return EstateEntry.newBuilder().setKind(kind).setName(name).setBody(body).build();
    }

    /** The next datagram. */
    public RawRecord next() {
        int source = turn++ % sources;
        int sequence = sequences[source]++;
        String exporter = "10.1.255." + (source + 1);
        long now = EPOCH + (long) (sequence * millisPerTurn);
        return new RawRecord(
                "netflow/" + exporter + "/0",
                RawFormat.NETFLOW,
                now,
                exporter,
                null,
                null,
                null,
                false,
                datagram(source, sequence, now));
    }

    private byte[] datagram(int source, int sequence, long now) {
        boolean withTemplate = sequence % TEMPLATE_EVERY == 0;
        int template = withTemplate ? 8 + 4 * FIELDS.length : 0;
        int data = 4 + RECORD * FLOWS;
        int uptime = (int) (now - EPOCH) + 600_000;
        var out = ByteBuffer.allocate(20 + template + data);
        out.putShort((short) 9)
                .putShort((short) (FLOWS + (withTemplate ? 1 : 0)))
                .putInt(uptime)
                .putInt((int) (now / 1000))
                .putInt(sequence)
                .putInt(0);
        if (withTemplate) {
            out.putShort((short) 0).putShort((short) template);
            out.putShort((short) TEMPLATE).putShort((short) FIELDS.length);
            for (int[] field : FIELDS) {
                out.putShort((short) field[0]).putShort((short) field[1]);
            }
        }
        out.putShort((short) TEMPLATE).putShort((short) data);
        for (int i = 0; i < FLOWS; i++) {
            flow(out, source, uptime);
        }
        return out.array();
    }

    private void flow(ByteBuffer out, int source, int uptime) {
        int site = random.nextInt(2);
        int ephemeral = 32_768 + random.nextInt(28_000);
        int kind = random.nextInt(100);
        if (kind == 0) {
            // A desktop that opens the replication port: ROLE_MISMATCH.
            int pc = client(source);
            record(
                    out,
                    address(site, pc, PC),
                    address(1 - site, server(pc), VR),
                    ephemeral,
                    31_031,
                    TCP,
                    uptime);
        } else if (kind < 40) {
            // Replication to the other site, and its replies.
            int host = client(source);
            int from = address(site, host, HOST);
            int to = address(1 - site, server(host), VR);
            if (random.nextBoolean()) {
                record(out, from, to, ephemeral, 31_031, TCP, uptime);
            } else {
                record(out, to, from, 31_031, ephemeral, TCP, uptime);
            }
        } else if (kind < 70) {
            // Heartbeats of hosts.
            int host = client(source);
            int from = address(site, host, HOST);
            record(out, from, address(site, server(host), VCENTER), 902, 902, UDP, uptime);
        } else if (kind < 85) {
            // Management.
            int vcenter = client(source);
            int from = address(site, vcenter, VCENTER);
            record(out, from, address(site, server(vcenter), HOST), ephemeral, 443, TCP, uptime);
        } else {
            // The world outside.
            int foreign = 0xc000_0200 + random.nextInt(256);
            record(out, address(site, client(source), PC), foreign, ephemeral, 443, TCP, uptime);
        }
    }

    private void record(
            ByteBuffer out, int src, int dst, int srcPort, int dstPort, int protocol, int uptime) {
        int packets = 1 + random.nextInt(2_000);
        out.putInt(src)
                .putInt(dst)
                .putShort((short) srcPort)
                .putShort((short) dstPort)
                .put((byte) protocol)
                .put((byte) (protocol == TCP ? 27 : 0))
                .putInt(packets * (60 + random.nextInt(1_400)))
                .putInt(packets)
                .putInt(uptime - 1 - random.nextInt(60_000))
                .putInt(uptime)
                .putShort((short) 1)
                .putShort((short) 2);
    }

    /** Some endpoint of a role, among those whose conversations this source sees. */
    private int client(int source) {
        int ofRole = perSite / ROLES.length;
        if (peers == 0) {
            return random.nextInt(ofRole);
        }
        return random.nextInt(1 + (ofRole - 1 - source % ofRole) / sources) * sources
                + source % ofRole;
    }

    /** One of those that this client talks to. */
    private int server(int client) {
        int ofRole = perSite / ROLES.length;
        return peers == 0
                ? random.nextInt(ofRole)
                : (client + random.nextInt(peers) * SPREAD) % ofRole;
    }

    private static int address(int site, int ofRole, int role) {
        return address(site, ofRole * ROLES.length + role);
    }

    private static int address(int site, int i) {
        return 0x0a01_0000 + (site << 16) + (i / 250 << 8) + i % 250 + 1;
    }
}
