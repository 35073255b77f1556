package io.flowwarden.blockage;

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
     * The link over UDP that an error of its server is about. One of a router does not say which of
     * the client's conversations it means: it only explains attempts that were seen to fail.
     *
     * @param row the error
     * @param talk moved to the conversation
     * @return the link, or null
     */
    DeclaredLink link(FlowBatch flows, Roster by, int row, Conversation talk) {
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
        return null;
    }
}
