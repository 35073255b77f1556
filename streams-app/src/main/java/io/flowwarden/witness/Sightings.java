package io.flowwarden.witness;

import io.flowwarden.classify.Orientation;
import io.flowwarden.classify.Verdicts;
import io.flowwarden.flow.FlowBatch;
import io.flowwarden.flow.FlowColumn;
import io.flowwarden.flow.Outcome;
import io.flowwarden.flow.Transport;
import io.flowwarden.raw.RawFormat;
import io.flowwarden.roster.DeclaredLink;
import io.flowwarden.roster.Roster;

/** Finds the flows of a batch that belong to links (design: what is absent, "sighting"). */
final class Sightings {
    private static final long PUSH = 8;

    /** A TCP packet without payload has at most so many bytes of IP. */
    private static final long EMPTY_PACKET = 60;

    /** sFlow counts the frame with its Ethernet header, perhaps tagged. */
    private static final long FRAME = 18;

    private static final long REJECTED = Outcome.REJECTED.ordinal();

    private final long[] pair = new long[4];

    /** Who is told of the flows that belong to links. */
    interface Taker {
        LinkWatch watch(DeclaredLink link);
    }

    void take(
            FlowBatch flows,
            Verdicts verdicts,
            Roster roster,
            SourceWatch source,
            Taker taker,
            Outbox out) {
        if (!roster.hasLinks()) {
            return;
        }
        for (int row = 0; row < flows.size(); row++) {
            if (!flows.has(row, FlowColumn.PROTOCOL)) {
                continue;
            }
            long protocol = flows.get(row, FlowColumn.PROTOCOL);
            boolean source1 = verdicts.clientIsSource(row);
            take(flows, verdicts, roster, source, taker, out, row, protocol, source1);
            if (verdicts.orientation(row) == Orientation.GUESS) {
                take(flows, verdicts, roster, source, taker, out, row, protocol, !source1);
            }
        }
    }

    private void take(
            FlowBatch flows,
            Verdicts verdicts,
            Roster roster,
            SourceWatch source,
            Taker taker,
            Outbox out,
            int row,
            long protocol,
            boolean clientIsSource) {
        int port =
                (int) flows.get(row, clientIsSource ? FlowColumn.DST_PORT : FlowColumn.SRC_PORT, 0);
        DeclaredLink[] links = roster.on(protocol, port);
        if (links.length == 0 || isNoEvidence(flows, row)) {
            return;
        }
        boolean asJudged = clientIsSource == verdicts.clientIsSource(row);
        int client = asJudged ? verdicts.clientColumn(row) : verdicts.serverColumn(row);
        int server = asJudged ? verdicts.serverColumn(row) : verdicts.clientColumn(row);
        long clientHi = flows.get(row, client, 0);
        long clientLo = flows.get(row, client + 1, 0);
        long serverHi = flows.get(row, server, 0);
        long serverLo = flows.get(row, server + 1, 0);
        for (DeclaredLink link : links) {
            if (link.covers(clientHi, clientLo, serverHi, serverLo)) {
                take(
                        flows,
                        row,
                        source,
                        taker.watch(link),
                        clientIsSource,
                        false,
                        out,
                        clientHi,
                        clientLo,
                        serverHi,
                        serverLo);
            } else if (link.orReverse() && link.covers(serverHi, serverLo, clientHi, clientLo)) {
                take(
                        flows,
                        row,
                        source,
                        taker.watch(link),
                        !clientIsSource,
                        true,
                        out,
                        serverHi,
                        serverLo,
                        clientHi,
                        clientLo);
            }
        }
    }

    /** Client and server are the link's from and to. */
    private void take(
            FlowBatch flows,
            int row,
            SourceWatch source,
            LinkWatch watch,
            boolean fromIsSource,
            boolean reversed,
            Outbox out,
            long fromHi,
            long fromLo,
            long toHi,
            long toLo) {
        long end = flows.get(row, FlowColumn.END, source.clock);
        long start = Math.min(end, flows.get(row, FlowColumn.START, end));
        boolean payload = hasPayload(flows, row, source.format);
        if (watch.minutes != null) {
            boolean scaled = flows.get(row, FlowColumn.SCALED, 0) == 1;
            long times =
                    scaled
                            ? 1
                            : Math.max(1, flows.get(row, FlowColumn.SAMPLING, source.sampling()));
            long sent = flows.get(row, FlowColumn.BYTES, 0) * times;
            long back = flows.get(row, FlowColumn.REVERSE_BYTES, 0) * times;
            pair[0] = fromHi;
            pair[1] = fromLo;
            pair[2] = toHi;
            pair[3] = toLo;
            watch.minutes.add(
                    start,
                    end,
                    fromIsSource ? sent : back,
                    fromIsSource ? back : sent,
                    payload ? pair : null);
        }
        if (payload) {
            long packets = flows.get(row, FlowColumn.PACKETS, 1);
            watch.sight(fromHi, fromLo, toHi, toLo, start, end, packets, reversed, out);
        }
    }

    private static boolean isNoEvidence(FlowBatch flows, int row) {
        return flows.get(row, FlowColumn.OUTCOME, 0) == REJECTED
                || flows.get(row, FlowColumn.CLAMPED, 0) == 1;
    }

    private static boolean hasPayload(FlowBatch flows, int row, RawFormat format) {
        if (flows.get(row, FlowColumn.PROTOCOL) != Transport.TCP) {
            return true;
        }
        if ((flows.get(row, FlowColumn.TCP_FLAGS, 0) & PUSH) != 0) {
            return true;
        }
        long empty = EMPTY_PACKET + (format == RawFormat.SFLOW ? FRAME : 0);
        return flows.get(row, FlowColumn.BYTES, 0) > empty * flows.get(row, FlowColumn.PACKETS, 1)
                || flows.get(row, FlowColumn.REVERSE_BYTES, 0)
                        > empty * flows.get(row, FlowColumn.REVERSE_PACKETS, 1);
    }
}
