package io.flowwarden.lab;

import static io.flowwarden.lab.Told.between;

import io.flowwarden.decode.golden.Json;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What goes wrong in the background while the tests of {@link LabIT} run, some of it for minutes:
 * each on hosts and links of its own, so that nothing disturbs anything else.
 */
final class Troubles {
    static final String SLOW = "10.71.2.11";
    static final String UNHEARD = "10.71.2.12";
    static final String ASKER = "10.71.2.32";
    static final String CROWDED = "10.71.3.40";

    private static final String CUT_OFF_1 = "10.71.2.15";
    private static final String CUT_OFF_2 = "10.71.2.16";
    private static final String BREST = "10.73.8.9";
    private static final String SAVED = "10.71.2.23";

    /** More clients of one server than are named one by one. */
    private static final String MANY = "70";

    private static final String MOVER = "10.71.2.31";

    private static final String VISITORS = "198.51.100.";

    /** What may be told of a link; what is not seen may be missing before it is known why. */
    private static final Map<String, Set<String>> KINDS =
            Map.ofEntries(
                    Map.entry("trouble-degraded", Set.of("HEARTBEAT_DEGRADED")),
                    Map.entry("trouble-unheard", Set.of("HEARTBEAT_BLOCKED", "HEARTBEAT_MISSING")),
                    Map.entry("trouble-rpo", Set.of("RPO_AT_RISK")),
                    Map.entry("trouble-stalled", Set.of("REPLICATION_STALLED")),
                    // Missing while the exporter that still sees them is dead.
                    Map.entry("trouble-path", Set.of("PATH_LOST", "HEARTBEAT_MISSING")),
                    Map.entry("trouble-late", Set.of("BACKUP_LATE")),
                    Map.entry("trouble-missed", Set.of("BACKUP_MISSED")),
                    Map.entry("trouble-incomplete", Set.of("BACKUP_INCOMPLETE")),
                    Map.entry("trouble-backup", Set.of("BACKUP_BLOCKED")),
                    Map.entry("trouble-migration", Set.of("MIGRATION_BLOCKED")),
                    Map.entry("trouble-unborn", Set.of("LINK_NEVER_SEEN")));

    private final Lab lab;
    private final Set<String> exporters;
    private final List<Activity> works = new ArrayList<>();
    private final Activity beats;
    private final Activity slowBeats;
    private final Activity late;
    private final Activity unborn;

    Troubles(Lab lab) {
        this.lab = lab;
        exporters =
                Set.of(
                        lab.brestAddress(),
                        lab.gapAddress(),
                        lab.unreadableAddress(),
                        lab.skewedAddress(),
                        lab.unknownAddress());
        lab.serve("servers", "tcp", "902,8000,443");
        lab.serve("servers", "udp", "902");
        lab.serve("far", "tcp", "31031");
        lab.serve("brest", "udp", "902");
        beats = beats(SLOW, "10.71.3.2", "1");
        slowBeats = beats(SLOW, "10.71.3.2", "4");
        late = sessions("10.71.2.13", "10.72.8.5", 31031);
        unborn = beats("10.71.2.33", "10.71.3.2", "1");
        works.addAll(
                List.of(
                        beats,
                        late,
                        sessions(UNHEARD, "10.71.3.12", 902),
                        sessions("10.71.2.14", "10.72.8.5", 31031),
                        beats(CUT_OFF_1, BREST, "1"),
                        beats(CUT_OFF_2, BREST, "1"),
                        twoSessions("10.71.2.20", "10.71.3.20"),
                        twoSessions("10.71.2.21", "10.71.3.21"),
                        sessions("10.71.2.22", "10.71.3.22", 902),
                        sessions(SAVED, "10.71.3.23", 902),
                        sessions(MOVER, "10.71.3.31", 8000),
                        sessions(ASKER, "10.71.3.32", 443)));
    }

    /** All is well, but for some exporters. */
    void exportTo(InetSocketAddress live) {
        Stream.concat(lab.brestExporter(live).stream(), lab.brokenExporters(live).stream())
                .forEach(Activity::start);
        works.forEach(Activity::start);
    }

    /** Once everything was seen to work, it does not any more. */
    void begin(Told told) throws IOException, InterruptedException {
        for (String host : List.of(SLOW, UNHEARD, "10.71.2.13", CUT_OFF_1, CUT_OFF_2, SAVED)) {
            told.awaitFlow("work of " + host, flow -> host.equals(flow.get("src")));
        }
        told.awaitFlow("an answer", between("10.71.3.31", MOVER));
        told.awaitFlow("an answer", between("10.71.3.32", ASKER));
        beats.stop();
        slowBeats.start();
        late.stop();
        for (String host : List.of(UNHEARD, SAVED, MOVER, ASKER)) {
            lab.drop("-s", host);
        }
        lab.drop("-d", BREST);
        lab.python("strangers", "visits", VISITORS + "0/24", MANY, CROWDED, "902").start();
    }

    /** What can be put right within seconds. */
    void end() throws IOException, InterruptedException {
        slowBeats.stop();
        beats.start();
        late.start();
        unborn.start();
        for (String host : List.of(UNHEARD, SAVED, MOVER, ASKER)) {
            lab.pass("-s", host);
        }
        lab.pass("-d", BREST);
    }

    /** Whether an alert is about something here. */
    boolean isOurs(Map<String, Object> alert) {
        Map<String, Object> subject = Json.object(alert.get("subject"));
        return begins(subject.get("link"), "trouble-")
                || begins(subject.get("client"), "10.71.2.")
                || isOfAVisitor(alert)
                || begins(subject.get("server"), "10.71.3.")
                || begins(subject.get("server_site"), "brest")
                || exporters.contains(String.valueOf(subject.get("exporter")));
    }

    /** Whether an alert about one of our links says what is wrong there. */
    static boolean isTrue(Map<String, Object> alert) {
        Object link = Json.object(alert.get("subject")).get("link");
        Object kind = alert.get("kind");
        return link == null
                || kind.equals("UNENCRYPTED_REPLICATION")
                || KINDS.get(link.toString()).contains(kind.toString());
    }

    /** Whether an alert is about one of those that visit the crowded server. */
    static boolean isOfAVisitor(Map<String, Object> alert) {
        return begins(Json.object(alert.get("subject")).get("client"), VISITORS);
    }

    private static boolean begins(Object text, String beginning) {
        return text != null && text.toString().startsWith(beginning);
    }

    private Activity beats(String from, String to, String seconds) {
        return lab.python("clients", "heartbeats", from + ">" + to, "902", seconds);
    }

    private Activity sessions(String from, String to, int port) {
        return lab.sessions("clients", from + ">" + to, port);
    }

    private Activity twoSessions(String from, String to) {
        return lab.python("clients", "sessions", from + ">" + to, "902", "1", "4000", "2");
    }
}
