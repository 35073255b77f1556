package io.flowwarden.witness;

import io.flowwarden.detect.FindingKeys;
import io.flowwarden.detect.Memory;
import io.flowwarden.raw.RawFormat;
import io.flowwarden.roster.DeclaredLink;
import io.flowwarden.roster.Roster;
import io.flowwarden.roster.SourceFacts;
import io.flowwarden.roster.SourcePattern;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;

/**
 * One source as a witness: its own clock, how late it reports, from when on its silence about
 * something means anything, and what it sees of links.
 */
final class SourceWatch {
    static final String STATE = "s/";
    static final String HABITS = "h/";

    /** Clocks are kept to the second, so that a state is written once a second at most. */
    static final long STEP = 1000;

    private static final int USUAL_TIMES = 3;

    final String id;
    final Map<String, LinkWatch> links = new TreeMap<>();
    final Map<String, PairWatch> pairs = new TreeMap<>();
    final ReportingDelay delays = new ReportingDelay();
    final UsualInterval intervals = new UsualInterval();
    final Losses losses = new Losses();
    final Doubts doubts = new Doubts();

    String exporter;
    RawFormat format;

    /** Its clock at first contact. */
    long since;

    /** Largest of its times, its reporting delay not taken off. */
    long clock;

    /** What was not seen before this time was perhaps not to be seen. */
    long floor;

    /** Awake time of its last record. */
    long heard;

    boolean silent;

    /** Where its silence was told; null while it is not told of. */
    String lostKey;

    boolean accepted;
    long sampling = 1;

    /** Whether any of its flows was sampled. */
    boolean sampled;

    /** Number of the estate by which its links are watched. */
    long estate;

    boolean unlisted;

    /** When the next of its links that it does not see is due to be told; derived. */
    long unseenDue = Long.MIN_VALUE;

    /** Up to when its links were looked at; derived. */
    long settled = Long.MIN_VALUE;

    /** The delay by which that was worked out; derived. */
    long unseenDelay;

    private boolean dirty;
    private boolean habitsDirty;
    private Roster roster;
    private SourceFacts facts;

    SourceWatch(String id) {
        this.id = id;
    }

    /** What the estate says of it. */
    SourceFacts facts(Roster now) {
        if (now != roster) {
            roster = now;
            facts = now.facts(id, exporter);
        }
        return facts;
    }

    Roster roster() {
        return roster;
    }

    /** How late its records may come, ms. */
    long delay() {
        return delays.delay(format, facts == null ? null : facts.reportingDelay());
    }

    /** The time up to which it has told everything. */
    long told() {
        return clock - delay();
    }

    /**
     * Its silence settles by the exporter; that of a host which reports its own flows with the link
     * of its beats, since either may explain the other.
     */
    String silenceKey() {
        String beats = roster.beatsOf(exporter);
        return beats == null
                ? FindingKeys.source(exporter == null ? id : exporter)
                : FindingKeys.link(beats);
    }

    /** Whether it is known for long enough to miss anything. */
    boolean mayMiss() {
        return clock - since >= 2 * delay();
    }

    /** Whether the estate names it as one who sees the link. */
    boolean isNamedBy(DeclaredLink link) {
        String side = facts.side();
        return !link.sources().isEmpty() && SourcePattern.any(link.sources(), id)
                || side != null && (side.equals(link.fromSite()) || side.equals(link.toSite()));
    }

    /** Whether it stands where it could see the link. */
    boolean couldSee(DeclaredLink link) {
        String side = facts.side();
        return SourcePattern.any(link.sources(), id)
                && (side == null || side.equals(link.fromSite()) || side.equals(link.toSite()));
    }

    /** How many packets stand for one that it sees. */
    long sampling() {
        return sampling > 1 || facts.sampling() == null ? sampling : facts.sampling();
    }

    /** A jump of its clock that no usual pause explains, ms. */
    long jump(long tickTime) {
        return Math.max(delay(), USUAL_TIMES * intervals.at(tickTime));
    }

    /**
     * Awake time without a record after which it is silent.
     *
     * @param least of a source of datagrams
     */
    long patience(long tickTime, long least) {
        boolean log = format != RawFormat.NETFLOW && format != RawFormat.SFLOW;
        long usual = USUAL_TIMES * intervals.at(tickTime);
        long patience = Math.max(usual, log ? USUAL_TIMES * delay() : least);
        // How often it sends is not known at first.
        return mayMiss() ? patience : Math.max(patience, 2 * delay());
    }

    /** What was not seen until now may have been there. */
    void floor(long at) {
        if (at != floor) {
            floor = at;
            dirty = true;
        }
    }

    void changed() {
        dirty = true;
    }

    void habitsChanged() {
        habitsDirty = true;
    }

    void store(Memory memory) {
        if (dirty) {
            memory.put(STATE + id, Fields.write(this::write));
            dirty = false;
        }
        if (habitsDirty) {
            memory.put(
                    HABITS + id,
                    Fields.write(
                            out -> {
                                delays.write(out);
                                intervals.write(out);
                            }));
            habitsDirty = false;
        }
    }

    static SourceWatch restore(String id, byte[] state, Memory memory) {
        var source = new SourceWatch(id);
        Fields.read(state, source::read);
        byte[] habits = memory.get(HABITS + id);
        if (habits != null) {
            Fields.read(
                    habits,
                    in -> {
                        source.delays.read(in);
                        source.intervals.read(in);
                    });
        }
        return source;
    }

    /** What is left to be told once it is forgotten. */
    void writeLast(DataOutputStream out) throws IOException {
        Fields.writeText(out, exporter);
        out.writeLong(clock);
        Fields.writeText(out, lostKey);
        var open = new ArrayList<String>(doubts.open());
        if (losses.isOpen()) {
            open.add("TELEMETRY_GAP");
        }
        if (unlisted) {
            open.add("UNKNOWN_EXPORTER");
        }
        out.writeInt(open.size());
        for (String kind : open) {
            out.writeUTF(kind);
        }
    }

    private void write(DataOutputStream out) throws IOException {
        Fields.writeText(out, exporter);
        out.writeByte(format.ordinal());
        out.writeLong(since);
        out.writeLong(clock);
        out.writeLong(floor);
        out.writeLong(heard);
        out.writeBoolean(silent);
        Fields.writeText(out, lostKey);
        out.writeBoolean(accepted);
        out.writeLong(sampling);
        out.writeBoolean(sampled);
        out.writeLong(estate);
        out.writeBoolean(unlisted);
        losses.write(out);
        doubts.write(out);
    }

    private void read(DataInputStream in) throws IOException {
        exporter = Fields.readText(in);
        format = RawFormat.values()[in.readByte()];
        since = in.readLong();
        clock = in.readLong();
        floor = in.readLong();
        heard = in.readLong();
        silent = in.readBoolean();
        lostKey = Fields.readText(in);
        accepted = in.readBoolean();
        sampling = in.readLong();
        sampled = in.readBoolean();
        estate = in.readLong();
        unlisted = in.readBoolean();
        losses.read(in);
        doubts.read(in);
    }
}
