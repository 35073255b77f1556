package io.flowwarden.classify;

import io.flowwarden.flow.FlowBatch;
import io.flowwarden.flow.FlowColumn;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * The verdicts on a {@link FlowBatch}, row by row. One instance is reused from batch to batch, and
 * is valid as long as the batch.
 */
public final class Verdicts {
    private static final Orientation[] ORIENTATIONS = Orientation.values();
    private static final OrientedBy[] ORIENTED_BY = OrientedBy.values();

    private Judgement[] judgements = new Judgement[64];

    /** Bit 0: the source is the client; 1-2: orientation; from 3: oriented by, 0 is nothing. */
    private byte[] orientations = new byte[64];

    /** Bit 0: the source was judged by its address in the packet; bit 1: the destination. */
    private byte[] packets = new byte[64];

    private boolean anyByPacket;
    private FlowBatch batch;
    private Knowledge knowledge;

    public int size() {
        return batch.size();
    }

    /** What the batch was judged by. */
    public Knowledge knowledge() {
        return knowledge;
    }

    public Verdict verdict(int row) {
        return judgements[row].verdict();
    }

    /** Whether the flow's source is the client, else its destination is. */
    public boolean clientIsSource(int row) {
        return (orientations[row] & 1) != 0;
    }

    public Orientation orientation(int row) {
        return ORIENTATIONS[orientations[row] >>> 1 & 3];
    }

    /** What told client from server; null where the destination was only taken as the server. */
    public OrientedBy orientedBy(int row) {
        int by = orientations[row] >>> 3;
        return by == 0 ? null : ORIENTED_BY[by - 1];
    }

    /** Why it is UNEXPECTED or OUT_OF_SCOPE, else null. */
    public Reason reason(int row) {
        return judgements[row].reason();
    }

    /** Id of the rule, {@code policy/<name>}, or null where several are possible or none is. */
    public String rule(int row) {
        Judgement judgement = judgements[row];
        return judgement.policy() != null ? judgement.policy().rule() : id(judgement.rule());
    }

    /** Whether its rule connects without payload by design. */
    public boolean probe(int row) {
        Rule rule = judgements[row].rule();
        return rule != null && rule.probe;
    }

    public String category(int row) {
        return judgements[row].category();
    }

    /** Rule that came closest, where it is UNEXPECTED and one speaks of the port. */
    public String nearestRule(int row) {
        return id(judgements[row].nearest());
    }

    /** What of {@link #nearestRule} did not hold. */
    public Condition failedCondition(int row) {
        return judgements[row].failed();
    }

    /** How many rules are possible where none is named. */
    public int candidates(int row) {
        return judgements[row].candidates();
    }

    /** Up to three of them. */
    public List<String> candidateRules(int row) {
        return judgements[row].candidateRules().stream().map(rule -> rule.id).toList();
    }

    public Set<Mark> marks(int row) {
        return judgements[row].marks();
    }

    /** What the estate says of the client. */
    public Location client(int row) {
        return location(row, clientColumn(row));
    }

    public Location server(int row) {
        return location(row, serverColumn(row));
    }

    /** Whether the source was judged by its address in the packet, not the gateway's. */
    boolean sourceByPacket(int row) {
        return (packets[row] & 1) != 0;
    }

    boolean destinationByPacket(int row) {
        return (packets[row] & 2) != 0;
    }

    void byPacket(int row, boolean source, boolean destination) {
        packets[row] = (byte) ((source ? 1 : 0) | (destination ? 2 : 0));
        anyByPacket = true;
    }

    /** Column of the client's address, its high half. */
    public int clientColumn(int row) {
        return clientIsSource(row) ? sourceColumn(row) : destinationColumn(row);
    }

    /** Column of the server's address, its high half. */
    public int serverColumn(int row) {
        return clientIsSource(row) ? destinationColumn(row) : sourceColumn(row);
    }

    private int sourceColumn(int row) {
        return sourceByPacket(row) ? FlowColumn.PKT_SRC_HI : FlowColumn.SRC_HI;
    }

    private int destinationColumn(int row) {
        return destinationByPacket(row) ? FlowColumn.PKT_DST_HI : FlowColumn.DST_HI;
    }

    Judgement judgement(int row) {
        return judgements[row];
    }

    void begin(Knowledge by, FlowBatch flows) {
        knowledge = by;
        batch = flows;
        int rows = flows.size();
        if (rows > judgements.length) {
            int capacity = Math.max(rows, judgements.length * 2);
            judgements = Arrays.copyOf(judgements, capacity);
            orientations = Arrays.copyOf(orientations, capacity);
            packets = Arrays.copyOf(packets, capacity);
        }
        if (anyByPacket) {
            Arrays.fill(packets, (byte) 0);
            anyByPacket = false;
        }
    }

    void set(int row, boolean clientIsSource, Orientation how, OrientedBy by, Judgement judgement) {
        int code = by == null ? 0 : by.ordinal() + 1;
        orientations[row] = (byte) (code << 3 | how.ordinal() << 1 | (clientIsSource ? 1 : 0));
        judgements[row] = judgement;
    }

    /** A flow that is not oriented: as it stands, its destination is taken as the server. */
    void unoriented(int row, Judgement judgement) {
        set(row, true, Orientation.GUESS, null, judgement);
    }

    private Location location(int row, int column) {
        return batch.has(row, column) && batch.has(row, column + 1)
                ? knowledge.locate(batch.get(row, column), batch.get(row, column + 1))
                : Location.UNKNOWN;
    }

    private static String id(Rule rule) {
        return rule == null ? null : rule.id;
    }
}
