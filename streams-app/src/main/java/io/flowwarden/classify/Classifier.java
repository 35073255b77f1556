package io.flowwarden.classify;

import io.flowwarden.flow.FlowBatch;
import io.flowwarden.flow.FlowColumn;
import io.flowwarden.flow.Flows;
import io.flowwarden.flow.Outcome;
import io.flowwarden.flow.Transport;
import io.flowwarden.net.Address;

/**
 * Says of every flow of a batch who is client and who is server, and what it is. It remembers, per
 * source, who opened the conversations that were seen for certain ({@link ConversationMemory}); all
 * else it holds is derived from the {@link Knowledge}. Not thread-safe: one for each task.
 */
public final class Classifier {
    private static final long ADDRESSES =
            FlowColumn.bit(FlowColumn.SRC_HI)
                    | FlowColumn.bit(FlowColumn.SRC_LO)
                    | FlowColumn.bit(FlowColumn.DST_HI)
                    | FlowColumn.bit(FlowColumn.DST_LO);
    private static final long PROTOCOL = FlowColumn.bit(FlowColumn.PROTOCOL);
    private static final long SRC_PORT = FlowColumn.bit(FlowColumn.SRC_PORT);
    private static final long DST_PORT = FlowColumn.bit(FlowColumn.DST_PORT);
    private static final int SYN = 2;
    private static final int ACK = 16;
    private static final int FIN = 1;
    private static final int LOW_PORTS = 1024;

    private static final Judgement NO_ADDRESS = Judgement.outOfScope(Reason.NO_ADDRESS);
    private static final Judgement NO_PORT = Judgement.outOfScope(Reason.NO_PORT);
    private static final Judgement NON_UNICAST = Judgement.outOfScope(Reason.NON_UNICAST);
    private static final Judgement OTHER_PROTOCOL = Judgement.outOfScope(Reason.OTHER_PROTOCOL);
    private static final Judgement ICMP_ERROR = Judgement.outOfScope(Reason.ICMP_ERROR);
    private static final Judgement ICMP_OTHER = Judgement.outOfScope(Reason.ICMP_OTHER);

    private final ConversationMemory memory;
    private final Halves halves = new Halves();
    private final Tuple tuple = new Tuple();
    private Knowledge knowledge;
    private Cells cells;

    // Of the batch at hand.
    private int[] srcPlaces = new int[64];
    private int[] dstPlaces = new int[64];
    private FlowBatch batch;
    private Verdicts out;
    private ConversationMemory.Source remembered;
    private boolean aws;
    private boolean samplesOfOne;

    private long[] srcHi;
    private long[] srcLo;
    private long[] dstHi;
    private long[] dstLo;
    private long[] srcPorts;
    private long[] dstPorts;
    private long[] protocols;

    // Of the flow at hand.
    private int service;
    private int srcPlace;
    private int dstPlace;
    private int srcPort;
    private int dstPort;
    private int epoch;
    private boolean tupleSet;

    public Classifier(Knowledge knowledge, ConversationMemory memory) {
        this.memory = memory;
        knowledge(knowledge);
    }

    /** Judges by this from the next batch on. */
    public void knowledge(Knowledge next) {
        if (next != knowledge) {
            knowledge = next;
            cells = new Cells(next);
        }
    }

    /**
     * Judges all flows of a batch and stores what was learned from it; allocates nothing per flow.
     *
     * @param flows what to judge
     * @param verdicts receives a verdict for each row; valid until the next call
     */
    public void judge(FlowBatch flows, Verdicts verdicts) {
        begin(flows, verdicts);
        for (int row = 0; row < flows.size(); row++) {
            judge(row, 0, null);
        }
        memory.flush(remembered);
    }

    /** Judges one conversation whose source is the client because somebody says so. */
    void judgeGiven(FlowBatch flows, Verdicts verdicts) {
        begin(flows, verdicts);
        judge(0, 1, OrientedBy.GIVEN);
    }

    private void begin(FlowBatch flows, Verdicts verdicts) {
        batch = flows;
        out = verdicts;
        String source = flows.origin().source();
        aws = source.startsWith("aws/");
        samplesOfOne = source.startsWith("sflow/");
        remembered = memory.of(flows.origin());
        halves.begin(flows);
        srcHi = flows.column(FlowColumn.SRC_HI);
        srcLo = flows.column(FlowColumn.SRC_LO);
        dstHi = flows.column(FlowColumn.DST_HI);
        dstLo = flows.column(FlowColumn.DST_LO);
        srcPorts = flows.column(FlowColumn.SRC_PORT);
        dstPorts = flows.column(FlowColumn.DST_PORT);
        protocols = flows.column(FlowColumn.PROTOCOL);
        verdicts.begin(knowledge, flows);
        locate();
    }

    /**
     * Looks up all addresses of the batch. Apart from the verdicts, since these lookups do not
     * depend on each other: with a large estate the processor waits for several at once.
     */
    private void locate() {
        int rows = batch.size();
        if (srcPlaces.length < rows) {
            srcPlaces = new int[Math.max(rows, srcPlaces.length * 2)];
            dstPlaces = new int[srcPlaces.length];
        }
        for (int row = 0; row < rows; row++) {
            // Where there is no address, a left-over one is looked up for nobody.
            srcPlaces[row] = knowledge.place(srcHi[row], srcLo[row]);
            dstPlaces[row] = knowledge.place(dstHi[row], dstLo[row]);
        }
        if (batch.mayHave(FlowColumn.PKT_SRC_HI) || batch.mayHave(FlowColumn.PKT_DST_HI)) {
            behindGateways();
        }
    }

    /**
     * A gateway shows its own address beside that in the packet (Amazon VPC User Guide, "Flow log
     * records", pkt-srcaddr). The one that the estate knows better is judged; of two that it knows
     * alike, the flow's own.
     */
    private void behindGateways() {
        for (int row = 0; row < batch.size(); row++) {
            boolean src = inPacket(row, FlowColumn.PKT_SRC_HI, srcPlaces);
            boolean dst = inPacket(row, FlowColumn.PKT_DST_HI, dstPlaces);
            if (src || dst) {
                out.byPacket(row, src, dst);
            }
        }
    }

    private boolean inPacket(int row, int column, int[] places) {
        if (!batch.has(row, column)) {
            return false;
        }
        int place = knowledge.place(batch.get(row, column), batch.get(row, column + 1));
        if (known(place) <= known(places[row])) {
            return false;
        }
        places[row] = place;
        return true;
    }

    private int known(int place) {
        LocationClass of = knowledge.locationClass(knowledge.classAt(place));
        return switch (of.kind()) {
            case LISTED -> of.role() ? 3 : 2;
            case SITE -> 1;
            case FOREIGN -> 0;
        };
    }

    private void judge(int row, int given, OrientedBy givenBy) {
        long present = batch.present(row);
        if ((present & ADDRESSES) != ADDRESSES) {
            out.unoriented(row, NO_ADDRESS);
            return;
        }
        if (Address.isNonUnicast(srcHi[row], srcLo[row])
                || Address.isNonUnicast(dstHi[row], dstLo[row])) {
            out.unoriented(row, NON_UNICAST);
            return;
        }
        int protocol = (present & PROTOCOL) == 0 ? -1 : (int) protocols[row];
        service = Service.of(protocol);
        if (service < 0) {
            out.unoriented(row, OTHER_PROTOCOL);
            return;
        }
        srcPlace = srcPlaces[row];
        dstPlace = dstPlaces[row];
        epoch = knowledge.epoch(end(row));
        tupleSet = false;
        int client = given;
        OrientedBy by = givenBy;
        if (service == Service.ICMP) {
            srcPort = 0;
            dstPort = 0;
            if (client == 0) {
                int echo = echo(row, protocol);
                if (echo == NO_SERVICE) {
                    boolean error = isIcmpError(row, protocol);
                    out.unoriented(row, error ? ICMP_ERROR : ICMP_OTHER);
                    return;
                }
                client = recorded(row);
                client = client == 0 ? echo : client;
                by = client == 0 ? null : OrientedBy.RECORD;
            }
        } else {
            srcPort = (present & SRC_PORT) == 0 ? -1 : port(srcPorts[row]);
            dstPort = (present & DST_PORT) == 0 ? -1 : port(dstPorts[row]);
            if (client == 0) {
                client = recorded(row);
                by = OrientedBy.RECORD;
                if (client == 0 && service == Service.TCP) {
                    client = flagged(row);
                    by = OrientedBy.FLAGS;
                }
                if (srcPort >= 0 && dstPort >= 0) {
                    if (client != 0) {
                        remembered.remember(tuple(row), client > 0);
                    } else if (remembered.knowsAny()) {
                        client = remembered.client(tuple(row));
                        by = OrientedBy.MEMORY;
                    }
                }
            }
        }
        if (client != 0) {
            decide(row, client > 0, Orientation.CERTAIN, by);
        } else {
            infer(row);
        }
    }

    private static final int NO_SERVICE = 2;

    /** 1 echo request, -1 reply, 0 of unknown type and taken for echo, else {@link #NO_SERVICE}. */
    private int echo(int row, int protocol) {
        if (!batch.has(row, FlowColumn.ICMP_TYPE)) {
            return 0;
        }
        int type = (int) batch.get(row, FlowColumn.ICMP_TYPE);
        boolean v6 = protocol == Transport.ICMP6;
        if (type == (v6 ? 128 : 8)) {
            return 1;
        }
        return type == (v6 ? 129 : 0) ? -1 : NO_SERVICE;
    }

    /** RFC 792 and RFC 1122 section 3.2.2 (3, 4, 5, 11, 12), RFC 4443 section 2.1 (below 128). */
    private boolean isIcmpError(int row, int protocol) {
        int type = (int) batch.get(row, FlowColumn.ICMP_TYPE);
        return protocol == Transport.ICMP6
                ? type < 128
                : type >= 3 && type <= 5 || type == 11 || type == 12;
    }

    private int recorded(int row) {
        long initiator = batch.get(row, FlowColumn.INITIATOR, 0);
        return initiator == FlowColumn.INITIATOR_SRC
                ? 1
                : initiator == FlowColumn.INITIATOR_DST ? -1 : 0;
    }

    /**
     * Flags are OR-ed over the record: a client's record has its SYN and soon its ACK too, and so
     * has the server's. Only a SYN that stayed alone, or a SYN+ACK that is known to be one
     * packet's, says who began. AWS writes 18 (19 with FIN) for a SYN+ACK of the source.
     */
    private int flagged(int row) {
        int flags = (int) batch.get(row, FlowColumn.TCP_FLAGS, 0);
        if ((flags & SYN) == 0) {
            return 0;
        }
        if ((flags & ACK) == 0) {
            return 1;
        }
        if (aws) {
            return (flags & ~FIN) == (SYN | ACK) ? -1 : 0;
        }
        boolean onePacket =
                samplesOfOne
                        || batch.get(row, FlowColumn.PACKETS, 0) == 1
                                && batch.get(row, FlowColumn.SAMPLING, 1) <= 1;
        return onePacket ? -1 : 0;
    }

    /** Nobody says who began: roles, the other half, the catalog and low ports are asked. */
    private void infer(int row) {
        Cell forward = dstPort < 0 ? null : cell(true);
        Cell backward = srcPort < 0 ? null : cell(false);
        boolean fits = forward != null && forward.fits;
        if (fits != (backward != null && backward.fits)) {
            decide(row, fits, Orientation.LIKELY, OrientedBy.ROLES);
            return;
        }
        int half = halves.client(row);
        if (half != 0) {
            decide(row, half > 0, Orientation.LIKELY, OrientedBy.PAIR);
            return;
        }
        boolean known = forward != null && forward.catalog;
        if (known != (backward != null && backward.catalog)) {
            decide(row, known, Orientation.LIKELY, OrientedBy.CATALOG_PORT);
            return;
        }
        boolean low = dstPort < LOW_PORTS;
        if (srcPort >= 0 && dstPort >= 0 && low != srcPort < LOW_PORTS) {
            decide(row, low, Orientation.GUESS, OrientedBy.LOW_PORT);
            return;
        }
        decide(row, true, Orientation.GUESS, null);
    }

    private void decide(int row, boolean clientIsSource, Orientation how, OrientedBy by) {
        int port = clientIsSource ? dstPort : srcPort;
        if (port < 0) {
            out.set(row, clientIsSource, how, by, NO_PORT);
            return;
        }
        Cell found = cell(clientIsSource);
        boolean agreed = found.dynamic && remembered.agreedWithinTheHour(tuple(row), end(row));
        if (found.agreesPorts && Flows.outcome(batch, row) != Outcome.REJECTED) {
            remembered.agreed(tuple(row), end(row));
        }
        out.set(row, clientIsSource, how, by, found.judgement(how, agreed));
    }

    private Cell cell(boolean clientIsSource) {
        int port = knowledge.port(service, clientIsSource ? dstPort : srcPort);
        return clientIsSource
                ? cells.of(srcPlace, dstPlace, port, epoch)
                : cells.of(dstPlace, srcPlace, port, epoch);
    }

    /** -1 where it was exported in a field that holds more than a port. */
    private static int port(long port) {
        return (port & ~0xffffL) == 0 ? (int) port : -1;
    }

    private long end(int row) {
        return batch.get(row, FlowColumn.END, batch.origin().receivedAt());
    }

    private Tuple tuple(int row) {
        if (!tupleSet) {
            tuple.set(srcHi[row], srcLo[row], srcPort, dstHi[row], dstLo[row], dstPort, service);
            tupleSet = true;
        }
        return tuple;
    }
}
