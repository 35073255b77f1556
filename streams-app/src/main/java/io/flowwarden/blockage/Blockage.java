package io.flowwarden.blockage;

import io.flowwarden.blockage.SourceTraits.Traits;
import io.flowwarden.blockage.Streaks.OfSource;
import io.flowwarden.classify.Reason;
import io.flowwarden.classify.Verdicts;
import io.flowwarden.decode.DecodeReport;
import io.flowwarden.detect.Detector;
import io.flowwarden.detect.FindingKeys;
import io.flowwarden.detect.Findings;
import io.flowwarden.detect.Judged;
import io.flowwarden.detect.Memory;
import io.flowwarden.detect.Talks;
import io.flowwarden.flow.FlowBatch;
import io.flowwarden.flow.FlowColumn;
import io.flowwarden.flow.Flows;
import io.flowwarden.flow.Outcome;
import io.flowwarden.flow.Payload;
import io.flowwarden.flow.TcpFlags;
import io.flowwarden.flow.Transport;
import io.flowwarden.raw.RawRecord;
import io.flowwarden.schemas.Attempt;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Notices conversations that should work and do not: denied, unanswered, refused or unreachable
 * three times in a row. Tells when it begins, once a minute while it goes on, and when it works
 * again or nobody tries any more.
 */
public final class Blockage implements Detector {
    private static final int IN_A_ROW = 3;

    private static final int MOST_STREAKS = 10_000;
    private static final long MINUTE = 60_000;

    /** Denials, and what AWS shows of handshakes, must go on for so long. */
    private static final long GOES_ON = 2 * MINUTE;

    /** Least time without attempts after which nobody tries any more. */
    private static final long PATIENCE = 10 * MINUTE;

    /** Outside links only what worked within it can be blocked. */
    private static final long WORKED_LATELY = 7 * 24 * 60 * MINUTE;

    /** An ICMP error is about what was tried so shortly before. */
    private static final long SHORTLY = MINUTE;

    /** Clocks of live devices may be so far ahead. */
    private static final long AHEAD = 5 * MINUTE;

    private final Streaks streaks;
    private final Successes successes;
    private final Transfers transfers;
    private final SourceTraits sources = new SourceTraits();
    private final Conversation talk = new Conversation();
    private final Unreachable unreachable = new Unreachable();
    private final List<Streak> forgotten = new ArrayList<>();

    // Of the batch at hand.
    private FlowBatch flows;
    private Judged judged;
    private Findings findings;
    private Traits traits;

    public Blockage(Memory memory) {
        this(memory, MOST_STREAKS);
    }

    Blockage(Memory memory, int mostStreaks) {
        streaks = new Streaks(memory, mostStreaks);
        successes = new Successes(memory);
        transfers = new Transfers(memory);
    }

    @Override
    public void judged(RawRecord raw, Judged judged, Findings findings) {
        begin(raw, judged, findings);
        flows = judged.flows();
        Verdicts verdicts = judged.verdicts();
        talk.begin(flows, verdicts, judged.roster());
        boolean clamped = flows.mayHave(FlowColumn.CLAMPED);
        int rows = flows.size();
        for (int row = 0; row < rows; row++) {
            if (clamped && flows.get(row, FlowColumn.CLAMPED, 0) != 0) {
                continue;
            }
            if (talk.at(row)) {
                look(row);
            } else if (verdicts.reason(row) == Reason.ICMP_ERROR && Unreachable.is(flows, row)) {
                error(row);
            }
        }
        streaks.expire(raw.source(), clock(raw, judged.report()), this::stopped);
        streaks.flush();
        successes.flush();
    }

    @Override
    public void tick(RawRecord tick, Judged judged, Findings findings) {
        if (!forgotten.isEmpty()) {
            begin(tick, judged, findings);
        }
    }

    /** Nobody will tell of its streaks any more: they are over with the next record. */
    @Override
    public void forget(String source) {
        streaks.forget(source, forgotten::add);
        transfers.forget(source);
    }

    private void begin(RawRecord raw, Judged judged, Findings findings) {
        this.judged = judged;
        this.findings = findings;
        traits = null;
        forgotten.forEach(this::stopped);
        forgotten.clear();
    }

    private Traits traits() {
        if (traits == null) {
            traits = sources.of(flows.origin(), judged.roster());
        }
        return traits;
    }

    private void look(int row) {
        Evidence evidence =
                Evidence.of(
                        flows, row, talk.fromClient, flows.origin().source().startsWith("aws/"));
        if (evidence != null) {
            if (evidence.denied() || credible(evidence, row)) {
                failed(evidence, row);
            }
            return;
        }
        if (flows.mayHave(FlowColumn.OUTCOME) && Flows.outcome(flows, row) == Outcome.REJECTED) {
            return;
        }
        boolean proven = proven(row);
        if (proven || talk.protocol != Transport.TCP || uncounted(row)) {
            works(row, proven);
        } else if (streaks.of(flows.origin().source()) != null) {
            answered(row);
        }
    }

    /** Nothing but denials is concluded from samples; AWS shows an answer in another record. */
    private boolean credible(Evidence evidence, int row) {
        return !traits().sampled()
                && !SourceTraits.sampled(flows, row)
                && !(evidence == Evidence.UNANSWERED && traits().aws() && hasReverse(row));
    }

    /** Whether the other direction is in the same batch, seen at the same interface. */
    private boolean hasReverse(int row) {
        long srcPort = flows.get(row, FlowColumn.SRC_PORT);
        long dstPort = flows.get(row, FlowColumn.DST_PORT);
        String at = flows.text(row, FlowColumn.INTERFACE_ID);
        for (int other = 0; other < flows.size(); other++) {
            if (flows.get(other, FlowColumn.SRC_PORT, -1) == dstPort
                    && flows.get(other, FlowColumn.DST_PORT, -1) == srcPort
                    && same(row, FlowColumn.SRC_HI, other, FlowColumn.DST_HI)
                    && same(row, FlowColumn.DST_HI, other, FlowColumn.SRC_HI)
                    && (at == null || at.equals(flows.text(other, FlowColumn.INTERFACE_ID)))) {
                return true;
            }
        }
        return false;
    }

    private boolean same(int row, int column, int other, int otherColumn) {
        return flows.get(row, column) == flows.get(other, otherColumn)
                && flows.get(row, column + 1) == flows.get(other, otherColumn + 1);
    }

    /** TCP with payload: no handshake, no session. */
    private boolean proven(int row) {
        return talk.protocol == Transport.TCP
                ? Payload.forward(flows, row) || Payload.reverse(flows, row)
                : Payload.reverse(flows, row) || !talk.fromClient && Payload.forward(flows, row);
    }

    /** The network let it pass, and counts nothing: Azure's begin of a flow, NSG version 1. */
    private boolean uncounted(int row) {
        return flows.mayHave(FlowColumn.OUTCOME)
                && !flows.has(row, FlowColumn.BYTES)
                && Flows.outcome(flows, row) == Outcome.ACCEPTED;
    }

    private void works(int row, boolean proven) {
        long end = Talks.end(flows, row);
        long hash = talk.hash();
        // What one interface let pass another may deny.
        int networkInterface = proven ? 0 : networkInterface(row);
        successes.note(Successes.at(hash, networkInterface), end);
        if (proven && talk.link != null && !talk.link.oneByOne()) {
            transfers.note(flows.origin().source(), talk.link.name(), end);
        }
        if (streaks.of(flows.origin().source()) == null) {
            return;
        }
        Streak streak = streaks.find(hash);
        if (streak == null || end < streak.first()) {
            return;
        }
        if (!proven && networkInterface != streak.networkInterface) {
            return;
        }
        // Datagrams go out although they are refused: only that no error follows them says that
        // they arrive.
        if (!proven
                && streak.evidence() == Evidence.UNREACHABLE
                && flows.get(row, FlowColumn.START, end) <= streak.last() + SHORTLY) {
            return;
        }
        clear(streak, end);
    }

    private void clear(Streak streak, long at) {
        streaks.remove(streak);
        if (streak.blocked()) {
            find(streak, at, streak.tell("CLEAR", "PAYLOAD"));
        }
    }

    /** A handshake without payload: the attempts were not in a row, but nothing works yet. */
    private void answered(int row) {
        Streak streak = streaks.find(talk.hash());
        if (streak == null || streak.blocked() || Talks.end(flows, row) < streak.first()) {
            return;
        }
        int flags = (int) flows.get(row, FlowColumn.TCP_FLAGS, 0);
        int both = TcpFlags.SYN | TcpFlags.ACK;
        boolean reply = traits().aws() && !talk.fromClient;
        boolean here = networkInterface(row) == streak.networkInterface;
        if (((flags & both) == both || reply) && (here || !streak.evidence().denied())) {
            streaks.remove(streak);
        }
    }

    private void failed(Evidence evidence, int row) {
        Streak streak = streak();
        long end = Talks.end(flows, row);
        long start = flows.get(row, FlowColumn.START, end);
        if (!streak.add(evidence, talk.clientPort(), Math.min(start, end), end)) {
            streaks.touch(streak, this::stopped);
            return;
        }
        streak.networkInterface = networkInterface(row);
        sampleAndTell(streak, row, end);
    }

    private void error(int row) {
        if (traits().sampled() || SourceTraits.sampled(flows, row)) {
            return;
        }
        long clientHi = flows.get(row, FlowColumn.DST_HI, 0);
        long clientLo = flows.get(row, FlowColumn.DST_LO, 0);
        long end = Talks.end(flows, row);
        boolean counted = false;
        OfSource known = streaks.of(flows.origin().source());
        if (known != null) {
            List<Streak> ofClient = known.of(clientHi, clientLo);
            boolean named = ofClient.stream().anyMatch(s -> isServer(s, row));
            for (Streak streak : ofClient) {
                boolean meant =
                        named ? isServer(streak, row) : Math.abs(end - streak.last()) <= SHORTLY;
                if (streak.tcp() && meant) {
                    explained(streak);
                } else if (!streak.tcp() && isServer(streak, row)) {
                    counted = true;
                    unreachable(streak, row, end);
                }
            }
        }
        if (!counted && unreachable.link(flows, judged.roster(), row, talk) != null) {
            unreachable(streak(), row, end);
        }
    }

    private boolean isServer(Streak streak, int row) {
        return streak.serverHi == flows.get(row, FlowColumn.SRC_HI, 0)
                && streak.serverLo == flows.get(row, FlowColumn.SRC_LO, 0);
    }

    /** A SYN was counted already: the error only says why nobody answered. */
    private void explained(Streak streak) {
        if (Evidence.UNREACHABLE.explains(streak.evidence())) {
            streak.explain(Evidence.UNREACHABLE);
            streaks.touch(streak, this::stopped);
        }
    }

    private void unreachable(Streak streak, int row, long end) {
        long start = flows.get(row, FlowColumn.START, end);
        streak.add(Evidence.UNREACHABLE, 0, Math.min(start, end), end);
        sampleAndTell(streak, row, end);
    }

    /** The streak of the conversation at hand; a new one if its link has changed. */
    private Streak streak() {
        long hash = talk.hash();
        String link = talk.link == null ? null : talk.link.name();
        Streak streak = streaks.find(hash);
        if (streak != null && !Objects.equals(streak.attempt.getLink(), link)) {
            streaks.remove(streak);
            stopped(streak);
            streak = null;
        }
        if (streak == null) {
            Verdicts verdicts = judged.verdicts();
            streak =
                    Streak.begin(
                            flows.origin().source(),
                            hash,
                            talk.talk(),
                            link,
                            verdicts.rule(talk.row),
                            verdicts.category(talk.row));
            long deadline = talk.link == null ? 0 : talk.link.deadline();
            streak.patience = Math.max(PATIENCE, deadline) + traits().delay();
        }
        return streak;
    }

    private void sampleAndTell(Streak streak, int row, long at) {
        if (streak.wantsSample()) {
            streak.sample(Talks.inWords(flows, row));
        }
        if (streak.blocked()) {
            if (at >= streak.told + MINUTE) {
                streak.told = at;
                find(streak, at, streak.tell("UPDATE", streak.attempt.getEvidence()));
            }
        } else if (inARow(streak) && worked(streak)) {
            streak.told = at;
            streak.attempt.setState(Streak.BLOCKED);
            find(streak, at, streak.tell(Streak.BLOCKED, streak.attempt.getEvidence()));
        }
        streaks.touch(streak, this::stopped);
    }

    private boolean inARow(Streak streak) {
        boolean mustGoOn =
                streak.evidence().denied()
                        || streak.evidence() == Evidence.UNANSWERED && traits().aws();
        return streak.attempt.getCount() >= IN_A_ROW
                && (!mustGoOn || streak.last() - streak.first() >= GOES_ON);
    }

    /** When it last worked; outside links that must be lately. */
    private boolean worked(Streak streak) {
        Long proven = successes.last(streak.hash);
        Long passed = successes.last(Successes.at(streak.hash, streak.networkInterface));
        long last =
                Math.max(
                        proven == null ? Long.MIN_VALUE : proven,
                        passed == null ? Long.MIN_VALUE : passed);
        String link = streak.attempt.getLink();
        Long transfer = link == null ? null : transfers.last(streak.source, link);
        if (transfer != null) {
            streak.attempt.setLastGood(Math.min(transfer, streak.first()));
        } else if (last != Long.MIN_VALUE) {
            streak.attempt.setLastGood(Math.min(last, streak.first()));
        }
        return link != null || last != Long.MIN_VALUE && last >= streak.first() - WORKED_LATELY;
    }

    /** Nobody tries any more, or there is no room to watch on. */
    private void stopped(Streak streak) {
        if (streak.blocked()) {
            find(streak, streak.last(), streak.tell("CLEAR", "STOPPED"));
        }
    }

    private void find(Streak streak, long at, Attempt attempt) {
        String link = attempt.getLink();
        findings.find(
                link == null
                        ? FindingKeys.client(attempt.getTalk().getClient())
                        : FindingKeys.link(link),
                streak.source,
                at,
                attempt);
    }

    private int networkInterface(int row) {
        String at = flows.text(row, FlowColumn.INTERFACE_ID);
        return at == null ? 0 : at.hashCode();
    }

    /** The source's clock; how late it reports is part of every streak's patience. */
    private long clock(RawRecord raw, DecodeReport report) {
        long stated = report.clock();
        if (stated == DecodeReport.NO_CLOCK) {
            return raw.receivedAt();
        }
        return traits().cloud() ? stated : Math.min(stated, raw.receivedAt() + AHEAD);
    }
}
