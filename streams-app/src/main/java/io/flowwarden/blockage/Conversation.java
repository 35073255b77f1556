package io.flowwarden.blockage;

import io.flowwarden.classify.Hash;
import io.flowwarden.classify.Orientation;
import io.flowwarden.classify.Verdict;
import io.flowwarden.classify.Verdicts;
import io.flowwarden.detect.Talks;
import io.flowwarden.flow.FlowBatch;
import io.flowwarden.flow.FlowColumn;
import io.flowwarden.flow.Transport;
import io.flowwarden.net.Address;
import io.flowwarden.roster.DeclaredLink;
import io.flowwarden.roster.Roster;
import io.flowwarden.schemas.Talk;

/**
 * The conversation that the row at hand belongs to, if it is one that should work: one that a link
 * covers, or a rule. Reused from row to row.
 */
final class Conversation {
    private static final long SPREAD = 0x9e3779b97f4a7c15L;

    private FlowBatch flows;
    private Verdicts verdicts;
    private Roster roster;
    private long sourceHash;

    int row;
    long protocol;
    int port;
    long clientHi;
    long clientLo;
    long serverHi;
    long serverLo;

    /** Whether the row's source is the client. */
    boolean fromClient;

    /** Whether client and server are the other way round than the verdict had it. */
    boolean turned;

    /** The link that covers it, or null. */
    DeclaredLink link;

    void begin(FlowBatch flows, Verdicts verdicts, Roster roster) {
        this.flows = flows;
        this.verdicts = verdicts;
        this.roster = roster;
        sourceHash = flows.origin().source().hashCode();
    }

    /** Moves to a row; false where nobody says that it should work. */
    boolean at(int row) {
        boolean expected = verdicts.verdict(row) == Verdict.EXPECTED;
        if (!expected && !roster.hasLinks() || verdicts.probe(row)) {
            return false;
        }
        this.row = row;
        protocol = flows.get(row, FlowColumn.PROTOCOL, -1);
        turned = false;
        orient();
        link = port < 0 ? null : find();
        if (link == null && !expected && verdicts.orientation(row) == Orientation.GUESS) {
            turned = true;
            orient();
            link = port < 0 ? null : find();
        }
        return port >= 0 && (expected || link != null);
    }

    /** The conversation of a link that an ICMP error is about: from the error's destination. */
    void set(
            int error,
            DeclaredLink of,
            long clientHi,
            long clientLo,
            long serverHi,
            long serverLo) {
        row = error;
        link = of;
        protocol = Transport.UDP;
        port = of.port();
        turned = false;
        fromClient = false;
        this.clientHi = clientHi;
        this.clientLo = clientLo;
        this.serverHi = serverHi;
        this.serverLo = serverLo;
    }

    /** Identifies it among those of all sources; part of what is stored. */
    long hash() {
        return hash(sourceHash, clientHi, clientLo, serverHi, serverLo, protocol, port);
    }

    static long hash(
            long sourceHash,
            long clientHi,
            long clientLo,
            long serverHi,
            long serverLo,
            long protocol,
            int port) {
        return Hash.mix(
                Hash.mix(clientLo + clientHi * SPREAD, serverLo + serverHi * SPREAD),
                sourceHash << 32 ^ protocol << 16 ^ port);
    }

    /** Port of the client, 0 where there is none. */
    int clientPort() {
        return (int) flows.get(row, fromClient ? FlowColumn.SRC_PORT : FlowColumn.DST_PORT, 0);
    }

    /** Who talks to whom, with what the estate says of them. */
    Talk talk() {
        boolean sourceIsClient = verdicts.clientIsSource(row);
        boolean clientOfVerdict = fromClient == sourceIsClient;
        return Talks.of(
                Address.text(clientHi, clientLo),
                clientOfVerdict ? verdicts.client(row) : verdicts.server(row),
                Address.text(serverHi, serverLo),
                clientOfVerdict ? verdicts.server(row) : verdicts.client(row),
                protocol == Transport.ICMP || protocol == Transport.ICMP6 ? null : (Integer) port,
                (int) protocol);
    }

    private void orient() {
        fromClient = verdicts.clientIsSource(row) != turned;
        int client = turned ? verdicts.serverColumn(row) : verdicts.clientColumn(row);
        int server = turned ? verdicts.clientColumn(row) : verdicts.serverColumn(row);
        clientHi = flows.get(row, client, 0);
        clientLo = flows.get(row, client + 1, 0);
        serverHi = flows.get(row, server, 0);
        serverLo = flows.get(row, server + 1, 0);
        boolean icmp = protocol == Transport.ICMP || protocol == Transport.ICMP6;
        long stated =
                icmp
                        ? 0
                        : flows.get(
                                row, fromClient ? FlowColumn.DST_PORT : FlowColumn.SRC_PORT, -1);
        port = (stated & ~0xffffL) == 0 ? (int) stated : -1;
    }

    private DeclaredLink find() {
        for (DeclaredLink one : roster.on(protocol, port)) {
            if (one.covers(clientHi, clientLo, serverHi, serverLo)
                    || one.orReverse() && one.covers(serverHi, serverLo, clientHi, clientLo)) {
                return one;
            }
        }
        return null;
    }
}
