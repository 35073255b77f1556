package io.flowwarden.blockage;

import io.flowwarden.classify.Verdicts;
import io.flowwarden.flow.FlowBatch;
import io.flowwarden.flow.FlowColumn;
import io.flowwarden.flow.Transport;
import io.flowwarden.roster.DeclaredLink;
import io.flowwarden.roster.Roster;
import java.util.List;

/** What ICMP errors say of conversations, whose ports flow records of them do not have. */
final class Unreachable {
    private static final int UNREACHABLE = 3;
    private static final int FRAGMENTATION_NEEDED = 4;
    private static final int UNREACHABLE_V6 = 1;

    private Roster roster;
    private List<DeclaredLink> udpLinks = List.of();

    /** RFC 792 type 3 but for code 4, which only asks for smaller packets; RFC 4443 type 1. */
    static boolean is(FlowBatch flows, int row) {
        long protocol = flows.get(row, FlowColumn.PROTOCOL, -1);
        long type = flows.get(row, FlowColumn.ICMP_TYPE, -1);
        return protocol == Transport.ICMP
                ? type == UNREACHABLE
                        && flows.get(row, FlowColumn.ICMP_CODE, 0) != FRAGMENTATION_NEEDED
                : protocol == Transport.ICMP6 && type == UNREACHABLE_V6;
    }

    /**
     * The link over UDP that an error is about. Its sender is the server, or a router between; then
     * it is about the only conversation of the client in this batch, if there is only one.
     *
     * @param row the error
     * @param talk moved to the conversation, where that has a row of its own
     * @return the link, or null
     */
    DeclaredLink link(FlowBatch flows, Verdicts verdicts, Roster by, int row, Conversation talk) {
        if (by != roster) {
            roster = by;
            udpLinks = by.links().stream().filter(l -> l.transportName().equals("udp")).toList();
        }
        if (udpLinks.isEmpty()) {
            return null;
        }
        long serverHi = flows.get(row, FlowColumn.SRC_HI, 0);
        long serverLo = flows.get(row, FlowColumn.SRC_LO, 0);
        long clientHi = flows.get(row, FlowColumn.DST_HI, 0);
        long clientLo = flows.get(row, FlowColumn.DST_LO, 0);
        for (DeclaredLink link : udpLinks) {
            if (link.covers(clientHi, clientLo, serverHi, serverLo)) {
                talk.set(row, link, clientHi, clientLo, serverHi, serverLo);
                return link;
            }
        }
        return alone(flows, clientHi, clientLo, talk);
    }

    private static DeclaredLink alone(
            FlowBatch flows, long clientHi, long clientLo, Conversation talk) {
        int found = -1;
        long hash = 0;
        for (int row = 0; row < flows.size(); row++) {
            if (flows.get(row, FlowColumn.SRC_LO, 0) == clientLo
                    && flows.get(row, FlowColumn.SRC_HI, 0) == clientHi
                    && flows.get(row, FlowColumn.PROTOCOL, -1) == Transport.UDP
                    && talk.at(row)
                    && talk.link != null
                    && talk.fromClient) {
                if (found >= 0 && hash != talk.hash()) {
                    return null;
                }
                found = row;
                hash = talk.hash();
            }
        }
        return found >= 0 && talk.at(found) ? talk.link : null;
    }
}
