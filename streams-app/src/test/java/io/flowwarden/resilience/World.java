package io.flowwarden.resilience;

import static io.flowwarden.resilience.Exporter.TCP;
import static io.flowwarden.resilience.Exporter.UDP;
import static java.util.stream.Collectors.joining;

import io.flowwarden.raw.RawFormat;
import io.flowwarden.raw.RawRecord;
import io.flowwarden.raw.RawSink;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/**
 * Two sites on their own clock: hosts that beat, replicate and answer, five exporters that see them
 * and a collector that ticks. It writes raw records as fast as they are taken; what is broken in it
 * is set from outside.
 */
final class World {
    static final String ESTATE =
            """
            sites:
              - {name: paris, networks: [10.1.0.0/16], exporters: [10.1.255.1, 10.1.255.2]}
              - {name: lyon, networks: [10.2.0.0/16], exporters: [10.2.255.1, 10.2.255.2, 10.2.255.3%s]}
            endpoints:
              - {name: esx-paris, address: 10.1.10.0/24, roles: [esxi-host]}
              - {name: vcenter-paris, address: 10.1.20.2, roles: [vcenter-server]}
              - {name: proxy-paris, address: 10.1.30.5, roles: [backup-proxy]}
              - {name: vr-lyon, address: 10.2.20.5, roles: [vr-appliance, vr-server]}
              - {name: vcenter-lyon, address: 10.2.20.2, roles: [vcenter-server]}
            links:
              - {name: beats, kind: heartbeat, from: esx-paris, to: vcenter-paris, service: 902/udp, every: 60s, misses: 3}
              - {name: across, kind: heartbeat, from: esx-paris, to: vcenter-lyon, service: 902/udp, every: 60s, misses: 3}
              - {name: dr-lyon, kind: replication, from: esx-paris, to: vr-lyon, service: 32032/tcp, rpo: 15m, min-bytes: 60MB}
              - {name: dr-old, kind: replication, from: esx-paris, to: vr-lyon, service: 31031/tcp, rpo: 30m}
              - {name: nightly, kind: backup, from: proxy-paris, to: esx-paris, service: 902/tcp, days: [mon, tue, wed, thu, fri, sat, sun], window: {start: "22:00", start-by: "22:30", end: "02:00", zone: UTC}, min-bytes: 1MB}
            """;

    /** Without what is not healthy in it. */
    static final String HEALTHY =
            ESTATE.formatted("")
                    .lines()
                    .filter(line -> !line.contains("dr-old"))
                    .collect(joining("\n"));

    static final Instant BEGIN = Instant.parse("2026-11-20T12:00:00Z");

    /** How often exporters send, and hosts do whatever they do. */
    static final Duration STEP = Duration.ofSeconds(20);

    /** As far apart as a collector's ticks may be before it counts as lost. */
    private static final long TICK = 5_000;

    private static final int BEAT = 60_000;
    private static final int HOSTS = 8;
    private static final int SYN = 2;
    private static final int RST_ACK = 0x14;
    private static final int WHOLE = 0x1b;

    final Exporter paris1 = new Exporter("10.1.255.1");
    final Exporter paris2 = new Exporter("10.1.255.2");
    final Exporter lyon1 = new Exporter("10.2.255.1");
    final Exporter lyon2 = new Exporter("10.2.255.2");
    final Exporter lyon3 = new Exporter("10.2.255.3");
    final List<Exporter> exporters = List.of(paris1, paris2, lyon1, lyon2, lyon3);

    private final List<Exporter> inParis = List.of(paris1, paris2);
    private final List<Exporter> inLyon = List.of(lyon1, lyon2, lyon3);
    private final Random random = new Random(5);
    private final RawSink raw;
    private final int load;
    private long now = BEGIN.toEpochMilli();
    private int port = 50_000;

    /** A host that does nothing, or 0. */
    int stopped;

    /** A host whose heartbeats mostly get lost, or 0. */
    int weak;

    boolean replicationBlocked;
    boolean replicationStalls;
    boolean oldReplication;
    boolean pathCut;
    boolean agentsRefuse;
    boolean backup;
    boolean collectorDown;

    /**
     * @param load flows beside, of each exporter in each step
     */
    World(RawSink raw, int load) {
        this.raw = raw;
        this.load = load;
    }

    long now() {
        return now;
    }

    /** Time since the beginning, e.g. {@code 01:30}. */
    boolean isBetween(String from, String to) {
        long passed = now - BEGIN.toEpochMilli();
        return passed >= millis(from) && passed < millis(to);
    }

    boolean isAt(String time) {
        long passed = now - BEGIN.toEpochMilli();
        return passed >= millis(time) && passed < millis(time) + STEP.toMillis();
    }

    private static long millis(String hoursAndMinutes) {
        String[] parts = hoursAndMinutes.split(":");
        return (Integer.parseInt(parts[0]) * 60L + Integer.parseInt(parts[1])) * 60_000;
    }

    /** Up to this time since the beginning, nothing changes but the clock. */
    void until(String time) throws IOException {
        while (now < BEGIN.toEpochMilli() + millis(time)) {
            step();
        }
    }

    void step() throws IOException {
        for (long end = now + STEP.toMillis(); now < end; now += TICK) {
            if (!collectorDown) {
                raw.accept(tick(false));
            }
        }
        beats();
        replicates();
        manages();
        if (backup) {
            flow(inParis, "10.1.30.5", next(), "10.1.10.1", 902, WHOLE, 4_000, 4_000_000);
        }
        for (Exporter exporter : exporters) {
            for (int i = 0; i < load; i++) {
                beside(exporter);
            }
            // Into the void, if nobody collects.
            exporter.export(now, collectorDown ? lost -> {} : raw);
        }
    }

    /** Nothing comes any more. */
    void end() throws IOException {
        raw.accept(tick(true));
    }

    private RawRecord tick(boolean last) {
        return new RawRecord(
                "collector-1", RawFormat.TICK, now, null, null, null, null, last, new byte[0]);
    }

    private void beats() {
        for (int host = 1; host <= HOSTS; host++) {
            // Hosts do not beat all at once.
            boolean due = (now + host * 7_000L) % BEAT < STEP.toMillis();
            boolean weakBeat = host != weak || now / BEAT % 3 == 0;
            if (due && weakBeat && host != stopped) {
                udp(inParis, host(host), 902, "10.1.20.2");
                udp(inParis, host(host), 902, "10.2.20.2");
                if (!pathCut) {
                    udp(inLyon, host(host), 902, "10.2.20.2");
                }
            }
        }
    }

    private void replicates() {
        for (int host = 1; host <= HOSTS; host++) {
            if (host == stopped) {
                continue;
            }
            if (replicationBlocked || pathCut) {
                flow(inParis, host(host), next(), "10.2.20.5", 32032, SYN, 3, 180);
                if (!pathCut) {
                    flow(inLyon, host(host), port, "10.2.20.5", 32032, SYN, 3, 180);
                }
                continue;
            }
            long bytes = replicationStalls ? 2_000 : 200_000 + random.nextInt(100_000);
            transfer(host(host), "10.2.20.5", 32032, bytes);
            if (oldReplication) {
                transfer(host(host), "10.2.20.5", 31031, bytes);
            }
        }
    }

    /** Both exporters of either site see it, and its answer. */
    private void transfer(String client, String server, int service, long bytes) {
        int from = next();
        for (List<Exporter> site : List.of(inParis, inLyon)) {
            flow(site, client, from, server, service, WHOLE, 10 + bytes / 1_000, bytes);
            flow(site, server, service, client, from, WHOLE, 10 + bytes / 9_000, 4_000);
        }
    }

    /** What no link is about: vCenter and its agents on the hosts. */
    private void manages() {
        for (int host = 1; host <= HOSTS; host++) {
            int from = next();
            if (agentsRefuse) {
                flow(inParis, "10.1.20.2", from, host(host), 443, SYN, 1, 60);
                flow(inParis, host(host), 443, "10.1.20.2", from, RST_ACK, 1, 40);
            } else {
                flow(inParis, "10.1.20.2", from, host(host), 443, WHOLE, 20, 9_000);
                flow(inParis, host(host), 443, "10.1.20.2", from, WHOLE, 20, 30_000);
            }
        }
    }

    /** Things that nobody has declared and nobody minds. */
    private void beside(Exporter exporter) {
        String site = inParis.contains(exporter) ? "10.1." : "10.2.";
        exporter.sees(
                now,
                site + (100 + random.nextInt(100)) + "." + (1 + random.nextInt(250)),
                40_000 + random.nextInt(20_000),
                site + (200 + random.nextInt(50)) + "." + (1 + random.nextInt(250)),
                8_100 + random.nextInt(5),
                TCP,
                WHOLE,
                10,
                5_000 + random.nextInt(5_000));
    }

    /** A client that tries so many hosts of Paris. */
    void sweep(String client, int hosts, int service) {
        for (int i = 1; i <= hosts; i++) {
            flow(inParis, client, next(), host(i), service, SYN, 1, 60);
        }
    }

    /** A conversation that should not be, seen in Paris. */
    void visit(String client, String server, int service) {
        int from = next();
        flow(inParis, client, from, server, service, WHOLE, 12, 3_000);
        flow(inParis, server, service, client, from, WHOLE, 12, 5_000);
    }

    private void udp(List<Exporter> by, String from, int service, String to) {
        by.forEach(e -> e.sees(now, from, 50_902, to, service, UDP, 0, 1, 120));
    }

    private void flow(
            List<Exporter> by,
            String from,
            int fromPort,
            String to,
            int toPort,
            int flags,
            long packets,
            long bytes) {
        by.forEach(e -> e.sees(now, from, fromPort, to, toPort, TCP, flags, packets, bytes));
    }

    private static String host(int number) {
        return "10.1.10." + number;
    }

    private int next() {
        port = port == 60_000 ? 50_000 : port + 1;
        return port;
    }
}
