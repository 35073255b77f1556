package io.flowwarden.draft;

import io.flowwarden.classify.Orientation;
import io.flowwarden.classify.Verdicts;
import io.flowwarden.flow.FlowBatch;
import io.flowwarden.flow.FlowColumn;
import io.flowwarden.flow.Outcome;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Flows folded into what a draft is made of. Bounded whatever comes: of too many subnets,
 * conversations or interfaces the least busy are forgotten, which the draft says.
 */
final class Observations {
    private static final int SUBNETS = 4_096;
    private static final int TALKS = 8_192;
    private static final int INTERFACES = 4_096;
    private static final int SOURCES = 4_096;

    /** Bytes of a packet that carries nothing: IPv4 and TCP headers with options. */
    private static final long EMPTY_PACKET = 60;

    private static final int PSH = 8;

    /** As the judge moves them: a datagram is sent soon after its flows end. */
    private static final long OLDEST = 86_400_000;

    private static final long LATEST = 300_000;

    /** 2200: times beyond are no times. */
    private static final long NO_TIME = 7_258_118_400_000L;

    private final Bounded<Host, Subnet> subnets = new Bounded<>(SUBNETS, Subnet::weight);
    private final Bounded<Talk.Key, Talk> talks = new Bounded<>(TALKS, Talk::flows);
    private final Bounded<String, Interface> interfaces =
            new Bounded<>(INTERFACES, Interface::flows);
    private final Bounded<String, Lateness> sources = new Bounded<>(SOURCES, Lateness::flows);
    private final Span span = new Span();
    private long flows;
    private long unoriented;
    private long origin = Long.MIN_VALUE;

    /** Adds a batch with what oriented its flows. */
    void add(FlowBatch batch, Verdicts verdicts) {
        for (int row = 0; row < batch.size(); row++) {
            add(batch, row, verdicts);
        }
    }

    private void add(FlowBatch batch, int row, Verdicts verdicts) {
        flows++;
        if (!batch.has(row, FlowColumn.SRC_HI) || !batch.has(row, FlowColumn.DST_HI)) {
            return;
        }
        var src = new Host(batch.get(row, FlowColumn.SRC_HI), batch.get(row, FlowColumn.SRC_LO));
        var dst = new Host(batch.get(row, FlowColumn.DST_HI), batch.get(row, FlowColumn.DST_LO));
        long end = end(batch, row);
        long start = end < 0 ? -1 : start(batch, row, end);
        if (end >= 0) {
            span.add(start, end);
            sources.at(batch.origin().source(), Lateness::new).record(end - start);
            origin = origin == Long.MIN_VALUE ? Activity.slot(end) : origin;
        }
        boolean local = src.region().equals(dst.region());
        String exporter = exporter(batch);
        place(src, exporter, local, true, start, end);
        place(dst, exporter, local, !local, start, end);
        String network = batch.text(row, FlowColumn.VPC_ID);
        String card = batch.text(row, FlowColumn.INTERFACE_ID);
        if (network != null && card != null) {
            interfaces.at(card, id -> new Interface(network)).add(src, dst);
        }
        if (src.isUsable() && dst.isUsable() && proves(batch, row)) {
            talk(batch, row, verdicts, src, dst, start, end);
        }
    }

    private void place(
            Host host, String exporter, boolean local, boolean counts, long start, long end) {
        if (host.isUsable()) {
            subnets.at(Host.first(host.subnet()), network -> new Subnet(host))
                    .add(host, exporter, local, counts, start, end);
        }
    }

    private void talk(
            FlowBatch batch, int row, Verdicts verdicts, Host src, Host dst, long start, long end) {
        int protocol = (int) batch.get(row, FlowColumn.PROTOCOL, 0);
        long srcPort = batch.get(row, FlowColumn.SRC_PORT, -1);
        long dstPort = batch.get(row, FlowColumn.DST_PORT, -1);
        if (Service.of(protocol, srcPort) == null && Service.of(protocol, dstPort) == null) {
            return;
        }
        boolean request = verdicts.clientIsSource(row);
        if (verdicts.orientation(row) == Orientation.GUESS) {
            // Two ports of the catalog: the one that tells nothing else than its service wins. A
            // beat between equal ports is nobody's reply: whoever sends is the client.
            boolean toService = isService(protocol, dstPort);
            boolean fromService = isService(protocol, srcPort);
            if (toService == fromService && srcPort != dstPort) {
                unoriented++;
                return;
            }
            request = toService;
        }
        Service service = Service.of(protocol, request ? dstPort : srcPort);
        if (service == null) {
            return;
        }
        var key = request ? new Talk.Key(src, dst, service) : new Talk.Key(dst, src, service);
        boolean counts = request || batch.has(row, FlowColumn.REVERSE_PACKETS);
        Talk talk = talks.at(key, Talk::new);
        talk.add(
                batch.origin().source(),
                counts,
                request ? srcPort : dstPort,
                bytes(batch, row),
                start,
                end,
                origin);
        if (batch.get(row, FlowColumn.SAMPLING, 1) > 1) {
            talk.markSampled();
        }
    }

    private static boolean isService(int protocol, long port) {
        Service service = Service.of(protocol, port);
        return service != null && !service.isEphemeral();
    }

    /** Whether it shows that both ends meant it: not refused, and over TCP with payload. */
    private static boolean proves(FlowBatch batch, int row) {
        long outcome = batch.get(row, FlowColumn.OUTCOME, Outcome.UNKNOWN.ordinal());
        if (outcome == Outcome.REJECTED.ordinal()) {
            return false;
        }
        if (batch.get(row, FlowColumn.PROTOCOL, 0) != 6) {
            return true;
        }
        boolean pushed = (batch.get(row, FlowColumn.TCP_FLAGS, 0) & PSH) != 0;
        return pushed
                || filled(batch, row, FlowColumn.BYTES, FlowColumn.PACKETS)
                || filled(batch, row, FlowColumn.REVERSE_BYTES, FlowColumn.REVERSE_PACKETS);
    }

    private static boolean filled(FlowBatch batch, int row, int bytes, int packets) {
        return batch.has(row, bytes)
                && batch.has(row, packets)
                && batch.get(row, bytes) / EMPTY_PACKET > batch.get(row, packets);
    }

    private static long bytes(FlowBatch batch, int row) {
        long sampling =
                batch.has(row, FlowColumn.SCALED)
                        ? 1
                        : Math.max(1, batch.get(row, FlowColumn.SAMPLING, 1));
        double sum =
                (double) batch.get(row, FlowColumn.BYTES, 0)
                        + batch.get(row, FlowColumn.REVERSE_BYTES, 0);
        // Of what a hostile record says at most a petabyte, so that sums stay sums.
        return (long) Math.max(0, Math.min(1e15, sum * sampling));
    }

    private static long end(FlowBatch batch, int row) {
        long received = batch.origin().receivedAt();
        long end = batch.get(row, FlowColumn.END, batch.get(row, FlowColumn.START, received));
        if (isDatagram(batch) && (end < received - OLDEST || end > received + LATEST)) {
            end = received;
        }
        return end >= 0 && end < NO_TIME ? end : -1;
    }

    private static long start(FlowBatch batch, int row, long end) {
        long start = batch.get(row, FlowColumn.START, end);
        return start <= end && start >= end - 31 * OLDEST ? Math.max(0, start) : end;
    }

    private static boolean isDatagram(FlowBatch batch) {
        String source = batch.origin().source();
        return source.startsWith("netflow/") || source.startsWith("sflow/");
    }

    /** The router that reports; of bare files the source. Interfaces of clouds are no places. */
    private static String exporter(FlowBatch batch) {
        if (!isDatagram(batch)) {
            return null;
        }
        String exporter = batch.origin().exporter();
        return exporter == null ? batch.origin().source() : exporter;
    }

    long flows() {
        return flows;
    }

    /** Flows of telling ports whose client nobody can tell. */
    long unoriented() {
        return unoriented;
    }

    Span span() {
        return span;
    }

    /** What {@link Activity} counts from. */
    long origin() {
        return origin == Long.MIN_VALUE ? 0 : origin;
    }

    /** How late a source may report, ms. */
    long lateness(String source) {
        return sources.at(source, Lateness::new).most();
    }

    List<Talk> talks() {
        return new ArrayList<>(talks.sorted().values());
    }

    Collection<Subnet> subnets() {
        return subnets.sorted().values();
    }

    Collection<Interface> interfaces() {
        return interfaces.sorted().values();
    }

    /** What was too much to keep, a sentence each. */
    List<String> forgotten() {
        var forgotten = new ArrayList<String>();
        note(forgotten, subnets, "subnets");
        note(forgotten, talks, "conversations on telling ports");
        note(forgotten, interfaces, "cloud interfaces");
        note(forgotten, sources, "sources");
        return forgotten;
    }

    private static void note(List<String> forgotten, Bounded<?, ?> map, String what) {
        if (map.forgetful()) {
            forgotten.add(
                    "More than " + map.most() + " " + what + ": the least busy are not kept.");
        }
    }
}
