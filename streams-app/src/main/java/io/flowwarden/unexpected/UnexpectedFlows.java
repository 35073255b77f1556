package io.flowwarden.unexpected;

import io.flowwarden.classify.Condition;
import io.flowwarden.classify.Hash;
import io.flowwarden.classify.JudgedFlows;
import io.flowwarden.classify.Mark;
import io.flowwarden.classify.Verdict;
import io.flowwarden.classify.Verdicts;
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
import io.flowwarden.net.Address;
import io.flowwarden.raw.RawRecord;
import io.flowwarden.roster.DeclaredLink;
import io.flowwarden.roster.LinkKind;
import io.flowwarden.roster.Roster;
import io.flowwarden.schemas.Talk;
import io.flowwarden.schemas.Unexpected;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells of flows that should not be there, grouped: one finding for all that one client does on one
 * service of one server in an hour, a few while it goes on, and one for all the rest of a client,
 * or of a server, that has too many to name.
 */
public final class UnexpectedFlows implements Detector {
    /** Clients, servers and links that are watched at once, by a task: some MB at the most. */
    private static final int MOST = 10_000;

    /** The first of too many (design: alerts, FAN_OUT). */
    private static final int CROWD = 33;

    private static final String UNENCRYPTED = "UNENCRYPTED";

    private final Parties clients;
    private final Parties servers;
    private final Parties links;

    // Of the batch at hand.
    private FlowBatch flows;
    private Verdicts verdicts;
    private Findings findings;
    private String source;

    // Of the row at hand.
    private int row;
    private long start;
    private long end;

    public UnexpectedFlows(Memory memory) {
        this(memory, MOST);
    }

    UnexpectedFlows(Memory memory, int most) {
        clients = new Parties(memory, "c/", most);
        servers = new Parties(memory, "s/", most);
        links = new Parties(memory, "l/", most);
    }

    @Override
    public void judged(RawRecord raw, Judged judged, Findings findings) {
        flows = judged.flows();
        verdicts = judged.verdicts();
        this.findings = findings;
        source = raw.source();
        boolean hasLinks = judged.roster().hasLinks();
        int rows = flows.size();
        for (int r = 0; r < rows; r++) {
            if (verdicts.verdict(r) == Verdict.UNEXPECTED) {
                at(r);
                unexpected();
            } else if (hasLinks && verdicts.marks(r).contains(Mark.UNENCRYPTED)) {
                at(r);
                unencrypted(judged.roster());
            }
        }
        clients.flush();
        servers.flush();
        links.flush();
    }

    /** Nothing here waits for anything. */
    @Override
    public void tick(RawRecord tick, Judged judged, Findings findings) {}

    @Override
    public void forget(String source) {
        clients.forget(source);
        servers.forget(source);
        links.forget(source);
    }

    /** Parties that are remembered. */
    int size() {
        return clients.size() + servers.size() + links.size();
    }

    private void at(int r) {
        row = r;
        end = Talks.end(flows, r);
        start = Math.min(end, flows.get(r, FlowColumn.START, end));
    }

    private void unexpected() {
        long client = address(verdicts.clientColumn(row));
        long server = address(verdicts.serverColumn(row));
        long group = group(server);
        Party ofClient = clients.find(client, end);
        Tally known = ofClient == null ? null : ofClient.named(group);
        if (known != null) {
            add(known);
            ofClient.touch(known);
            if (known.isNews()) {
                known.told();
                findOfClient(known, "UPDATE", ofClient.distinct());
            }
        } else if (ofClient == null || ofClient.hasRoom()) {
            begins(group, client, server);
            return;
        } else {
            Tally rest = ofClient.overflow(group);
            add(rest);
            if (ofClient.isNews()) {
                ofClient.told();
                findOfClient(rest, "OVERFLOW", ofClient.distinct());
            }
        }
        clients.changed(ofClient);
    }

    /** A group that is new, unless the server has too many clients to name them. */
    private void begins(long group, long client, long server) {
        Party ofServer = servers.findOrMake(server, source, end);
        if (ofServer.named(client) == null && ofServer.groups() >= CROWD - 1) {
            Tally rest = ofServer.overflow(client);
            add(rest);
            if (ofServer.isNews()) {
                ofServer.told();
                String address = text(verdicts.serverColumn(row));
                find(FindingKeys.server(address), rest, "SERVER_OVERFLOW", ofServer.distinct());
            }
        } else {
            if (ofServer.named(client) == null) {
                servers.name(ofServer, client);
            }
            Party ofClient = clients.findOrMake(client, source, end);
            Tally begun = clients.name(ofClient, group);
            add(begun);
            begun.told();
            findOfClient(begun, "NEW", ofClient.distinct());
            clients.changed(ofClient);
        }
        servers.changed(ofServer);
    }

    private void unencrypted(Roster roster) {
        long protocol = flows.get(row, FlowColumn.PROTOCOL, -1);
        int port =
                (int)
                        flows.get(
                                row,
                                verdicts.clientIsSource(row)
                                        ? FlowColumn.DST_PORT
                                        : FlowColumn.SRC_PORT,
                                0);
        for (DeclaredLink link : roster.on(protocol, port & 0xffff)) {
            if (link.kind() == LinkKind.REPLICATION && covers(link) && carries()) {
                unencrypted(link);
            }
        }
    }

    private void unencrypted(DeclaredLink link) {
        long key = Hash.mix(source.hashCode(), link.name().hashCode());
        Party of = links.findOrMake(key, source, end);
        if (of.named(key) == null) {
            Tally begun = links.name(of, key);
            add(begun);
            links.changed(of);
            find(FindingKeys.link(link.name()), begun, UNENCRYPTED, link.name(), "NEW", 1);
        }
    }

    private boolean covers(DeclaredLink link) {
        int client = verdicts.clientColumn(row);
        int server = verdicts.serverColumn(row);
        return link.covers(
                        flows.get(row, client),
                        flows.get(row, client + 1),
                        flows.get(row, server),
                        flows.get(row, server + 1))
                || link.orReverse()
                        && link.covers(
                                flows.get(row, server),
                                flows.get(row, server + 1),
                                flows.get(row, client),
                                flows.get(row, client + 1));
    }

    private boolean carries() {
        return Flows.outcome(flows, row) != Outcome.REJECTED
                && (Payload.forward(flows, row) || Payload.reverse(flows, row));
    }

    private void add(Tally tally) {
        boolean passed = Flows.outcome(flows, row) != Outcome.REJECTED;
        boolean forward = passed && Payload.forward(flows, row);
        boolean reverse = passed && Payload.reverse(flows, row);
        boolean fromClient = verdicts.clientIsSource(row);
        tally.add(
                start,
                end,
                Flows.scaled(flows, row, FlowColumn.BYTES),
                Flows.scaled(flows, row, FlowColumn.PACKETS),
                fromClient ? forward : reverse,
                fromClient ? reverse : forward);
    }

    private void findOfClient(Tally tally, String state, int distinct) {
        if (state.equals("NEW") && distinct == CROWD && hasRoles()) {
            find(FindingKeys.EVERYWHERE, tally, "CROWD", distinct);
        }
        find(FindingKeys.client(text(verdicts.clientColumn(row))), tally, state, distinct);
    }

    private boolean hasRoles() {
        return !Talks.of(flows, verdicts, row).getClientRoles().isEmpty();
    }

    private void find(String key, Tally tally, String state, int distinct) {
        find(key, tally, verdicts.reason(row).name(), null, state, distinct);
    }

    private void find(
            String key, Tally tally, String reason, String link, String state, int distinct) {
        Condition failed = verdicts.failedCondition(row);
        Talk talk = Talks.of(flows, verdicts, row);
        findings.find(
                key,
                source,
                end,
                new Unexpected(
                        talk,
                        reason,
                        link,
                        state,
                        distinct,
                        verdicts.rule(row),
                        verdicts.nearestRule(row),
                        failed == null ? null : failed.text(),
                        verdicts.category(row),
                        tally.bothWays(),
                        tally.count,
                        tally.bytes,
                        tally.packets,
                        tally.first,
                        tally.last,
                        JudgedFlows.explanation(flows, row, verdicts),
                        new ArrayList<>(List.of(Talks.inWords(flows, row)))));
    }

    /** A party as this source sees it. */
    private long address(int column) {
        return Hash.mix(
                Hash.mix(flows.get(row, column), flows.get(row, column + 1)), source.hashCode());
    }

    private long group(long server) {
        long port =
                flows.get(
                        row,
                        verdicts.clientIsSource(row) ? FlowColumn.DST_PORT : FlowColumn.SRC_PORT,
                        -1);
        long service = flows.get(row, FlowColumn.PROTOCOL, -1) << 32 ^ port;
        return Hash.mix(Hash.mix(server, service), verdicts.reason(row).name().hashCode());
    }

    private String text(int column) {
        return Address.text(flows.get(row, column), flows.get(row, column + 1));
    }
}
