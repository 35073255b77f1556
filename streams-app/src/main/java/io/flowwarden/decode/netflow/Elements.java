package io.flowwarden.decode.netflow;

import io.flowwarden.decode.netflow.Element.Kind;
import io.flowwarden.flow.FlowColumn;
import java.util.HashMap;
import java.util.Map;

/**
 * The information elements that a flow is made of, by the IANA registry "IP Flow Information Export
 * Entities"; NetFlow v9 uses the same numbers up to 127 (RFC 3954 section 8) and, in practice,
 * beyond. Everything else is skipped by its length.
 */
final class Elements {
    /** RFC 5103 section 6.1: the same element, seen from the destination. */
    private static final int REVERSE = 29305;

    private static final int JUNIPER = 2636;
    private static final int VMWARE = 6876;

    private static final Map<Long, Element> KNOWN = new HashMap<>();

    static {
        // Counters: deltas before totals; "out" counters only where there is no "in" counter.
        number(1, "octetDeltaCount", FlowColumn.BYTES, 0, 8);
        number(231, "initiatorOctets", FlowColumn.BYTES, 1, 8);
        number(85, "octetTotalCount", FlowColumn.BYTES, 2, 8);
        number(23, "postOctetDeltaCount", FlowColumn.BYTES, 3, 8);
        number(171, "postOctetTotalCount", FlowColumn.BYTES, 4, 8);
        number(2, "packetDeltaCount", FlowColumn.PACKETS, 0, 8);
        number(298, "initiatorPackets", FlowColumn.PACKETS, 1, 8);
        number(86, "packetTotalCount", FlowColumn.PACKETS, 2, 8);
        number(24, "postPacketDeltaCount", FlowColumn.PACKETS, 3, 8);
        number(172, "postPacketTotalCount", FlowColumn.PACKETS, 4, 8);
        number(REVERSE, 1, "reverseOctetDeltaCount", FlowColumn.REVERSE_BYTES, 0, 8);
        number(232, "responderOctets", FlowColumn.REVERSE_BYTES, 1, 8);
        number(REVERSE, 85, "reverseOctetTotalCount", FlowColumn.REVERSE_BYTES, 2, 8);
        number(REVERSE, 2, "reversePacketDeltaCount", FlowColumn.REVERSE_PACKETS, 0, 8);
        number(299, "responderPackets", FlowColumn.REVERSE_PACKETS, 1, 8);
        number(REVERSE, 86, "reversePacketTotalCount", FlowColumn.REVERSE_PACKETS, 2, 8);

        put(8, "sourceIPv4Address", Kind.V4, FlowColumn.SRC_HI, 0, 4);
        put(12, "destinationIPv4Address", Kind.V4, FlowColumn.DST_HI, 0, 4);
        put(27, "sourceIPv6Address", Kind.V6, FlowColumn.SRC_HI, 0, 16);
        put(28, "destinationIPv6Address", Kind.V6, FlowColumn.DST_HI, 0, 16);
        number(7, "sourceTransportPort", FlowColumn.SRC_PORT, 0, 2);
        number(180, "udpSourcePort", FlowColumn.SRC_PORT, 1, 2);
        number(182, "tcpSourcePort", FlowColumn.SRC_PORT, 2, 2);
        number(11, "destinationTransportPort", FlowColumn.DST_PORT, 0, 2);
        number(181, "udpDestinationPort", FlowColumn.DST_PORT, 1, 2);
        number(183, "tcpDestinationPort", FlowColumn.DST_PORT, 2, 2);
        number(4, "protocolIdentifier", FlowColumn.PROTOCOL, 0, 1);
        number(6, "tcpControlBits", FlowColumn.TCP_FLAGS, 0, 2);

        put(32, "icmpTypeCodeIPv4", Kind.TYPE_CODE, FlowColumn.ICMP_TYPE, 0, 2);
        put(139, "icmpTypeCodeIPv6", Kind.TYPE_CODE_6, FlowColumn.ICMP_TYPE, 0, 2);
        number(176, "icmpTypeIPv4", FlowColumn.ICMP_TYPE, 1, 1);
        number(177, "icmpCodeIPv4", FlowColumn.ICMP_CODE, 1, 1);
        put(178, "icmpTypeIPv6", Kind.NUMBER_6, FlowColumn.ICMP_TYPE, 1, 1);
        put(179, "icmpCodeIPv6", Kind.NUMBER_6, FlowColumn.ICMP_CODE, 1, 1);

        time(152, 153, "Milliseconds", Kind.MILLISECONDS, 0, 8);
        time(154, 155, "Microseconds", Kind.MICROSECONDS, 1, 8);
        time(156, 157, "Nanoseconds", Kind.NANOSECONDS, 2, 8);
        time(150, 151, "Seconds", Kind.SECONDS, 3, 4);
        time(22, 21, "SysUpTime", Kind.UPTIME, 4, 4);
        time(158, 159, "DeltaMicroseconds", Kind.DELTA, 5, 4);
        // Events (NAT, NSEL) have one time; it is the end, and the start where none is stated.
        event(323, "observationTimeMilliseconds", Kind.MILLISECONDS, 6, 8);
        event(324, "observationTimeMicroseconds", Kind.MICROSECONDS, 7, 8);
        event(325, "observationTimeNanoseconds", Kind.NANOSECONDS, 8, 8);
        event(322, "observationTimeSeconds", Kind.SECONDS, 9, 4);
        put(161, "flowDurationMilliseconds", Kind.DURATION_MILLISECONDS, -1, 0, 4);
        put(162, "flowDurationMicroseconds", Kind.DURATION_MICROSECONDS, -1, 0, 4);
        put(160, "systemInitTimeMilliseconds", Kind.SYSTEM_INIT, -1, 0, 8);

        number(10, "ingressInterface", FlowColumn.INPUT_IF, 0, 4);
        number(252, "ingressPhysicalInterface", FlowColumn.INPUT_IF, 1, 4);
        number(14, "egressInterface", FlowColumn.OUTPUT_IF, 0, 4);
        number(253, "egressPhysicalInterface", FlowColumn.OUTPUT_IF, 1, 4);
        put(70, "mplsTopLabelStackSection", Kind.LABEL, FlowColumn.MPLS_LABEL, 0, 3);
        number(61, "flowDirection", FlowColumn.DIRECTION, 0, 1);
        number(58, "vlanId", FlowColumn.VLAN, 0, 2);
        number(243, "dot1qVlanId", FlowColumn.VLAN, 1, 2);
        number(59, "postVlanId", FlowColumn.VLAN, 2, 2);
        number(254, "postDot1qVlanId", FlowColumn.VLAN, 3, 2);
        number(234, "ingressVRFID", FlowColumn.VRF, 0, 4);
        number(235, "egressVRFID", FlowColumn.VRF, 1, 4);
        put(236, "VRFname", Kind.TEXT, FlowColumn.VRF_NAME, 0, 0);
        put(15, "ipNextHopIPv4Address", Kind.V4, FlowColumn.NEXT_HOP_HI, 0, 4);
        put(18, "bgpNextHopIPv4Address", Kind.V4, FlowColumn.NEXT_HOP_HI, 1, 4);
        put(62, "ipNextHopIPv6Address", Kind.V6, FlowColumn.NEXT_HOP_HI, 0, 16);
        put(63, "bgpNextHopIPv6Address", Kind.V6, FlowColumn.NEXT_HOP_HI, 1, 16);
        number(56, "sourceMacAddress", FlowColumn.SRC_MAC, 0, 6);
        number(81, "postSourceMacAddress", FlowColumn.SRC_MAC, 1, 6);
        number(80, "destinationMacAddress", FlowColumn.DST_MAC, 0, 6);
        number(57, "postDestinationMacAddress", FlowColumn.DST_MAC, 1, 6);

        put(225, "postNATSourceIPv4Address", Kind.V4, FlowColumn.NAT_SRC_HI, 0, 4);
        put(226, "postNATDestinationIPv4Address", Kind.V4, FlowColumn.NAT_DST_HI, 0, 4);
        put(281, "postNATSourceIPv6Address", Kind.V6, FlowColumn.NAT_SRC_HI, 0, 16);
        put(282, "postNATDestinationIPv6Address", Kind.V6, FlowColumn.NAT_DST_HI, 0, 16);
        number(227, "postNAPTSourceTransportPort", FlowColumn.NAT_SRC_PORT, 0, 2);
        number(228, "postNAPTDestinationTransportPort", FlowColumn.NAT_DST_PORT, 0, 2);

        number(136, "flowEndReason", FlowColumn.END_REASON, 0, 1);
        put(96, "applicationName", Kind.TEXT, FlowColumn.APP, 0, 0);
        put(95, "applicationId", Kind.APPLICATION_ID, FlowColumn.APP, 1, 0);
        put(89, "forwardingStatus", Kind.FORWARDING, FlowColumn.OUTCOME, 1, 1);
        put(233, "firewallEvent", Kind.FIREWALL, FlowColumn.OUTCOME, 0, 1);
        put(239, "biflowDirection", Kind.BIFLOW, FlowColumn.INITIATOR, 0, 1);
        put(315, "dataLinkFrameSection", Kind.FRAME, -1, 0, 0);
        put(313, "ipHeaderPacketSection", Kind.PACKET, -1, 0, 0);

        number(34, "samplingInterval", FlowColumn.SAMPLING, 0, 4);
        number(50, "samplerRandomInterval", FlowColumn.SAMPLING, 1, 4);
        put(305, "samplingPacketInterval", Kind.PACKET_INTERVAL, FlowColumn.SAMPLING, 0, 4);
        put(306, "samplingPacketSpace", Kind.PACKET_SPACE, FlowColumn.SAMPLING, 0, 4);
        put(309, "samplingSize", Kind.SAMPLE_SIZE, FlowColumn.SAMPLING, 0, 4);
        put(310, "samplingPopulation", Kind.SAMPLE_POPULATION, FlowColumn.SAMPLING, 0, 4);
        put(302, "selectorId", Kind.SAMPLER, -1, 0, 8);
        put(48, "samplerId", Kind.SAMPLER, -1, 1, 4);

        // Cisco ASA before 8.4 (NSEL), numbers that IANA never gave.
        put(40001, "NF_F_XLATE_SRC_ADDR_IPV4", Kind.V4, FlowColumn.NAT_SRC_HI, 1, 4);
        put(40002, "NF_F_XLATE_DST_ADDR_IPV4", Kind.V4, FlowColumn.NAT_DST_HI, 1, 4);
        number(40003, "NF_F_XLATE_SRC_PORT", FlowColumn.NAT_SRC_PORT, 1, 2);
        number(40004, "NF_F_XLATE_DST_PORT", FlowColumn.NAT_DST_PORT, 1, 2);
        put(40005, "NF_F_FW_EVENT", Kind.FIREWALL, FlowColumn.OUTCOME, 2, 1);
        put(33002, "NF_F_FW_EXT_EVENT", Kind.FIREWALL_REASON, FlowColumn.OUTCOME, 3, 2);
        put(
                JUNIPER,
                137,
                "juniperCommonProperties",
                Kind.JUNIPER_PROPERTY,
                FlowColumn.OUTCOME,
                4,
                2);
        // VMware distributed switch: what a VXLAN frame carries, beside its outer header.
        put(VMWARE, 881, "tenantSourceIPv4", Kind.V4, FlowColumn.SRC_HI, -1, 4);
        put(VMWARE, 882, "tenantDestIPv4", Kind.V4, FlowColumn.DST_HI, -1, 4);
        put(VMWARE, 883, "tenantSourceIPv6", Kind.V6, FlowColumn.SRC_HI, -1, 16);
        put(VMWARE, 884, "tenantDestIPv6", Kind.V6, FlowColumn.DST_HI, -1, 16);
        number(VMWARE, 880, "tenantProtocol", FlowColumn.PROTOCOL, -1, 1);
        number(VMWARE, 885, "tenantSourcePort", FlowColumn.SRC_PORT, -1, 2);
        number(VMWARE, 886, "tenantDestPort", FlowColumn.DST_PORT, -1, 2);
        // Palo Alto PAN-OS, v9.
        put(56701, "PANOS_APPID", Kind.TEXT, FlowColumn.APP, 2, 0);
    }

    private Elements() {}

    /** The element, or null: skipped by its length. */
    static Element of(int enterprise, int number) {
        return KNOWN.get(key(enterprise, number));
    }

    /** Elements in which an exporter says that the record's source opened the conversation. */
    static boolean saysInitiator(int enterprise, int number) {
        return enterprise == 0
                && switch (number) {
                    case 231, 232, 298, 299, 40005, 33002 -> true;
                    default -> false;
                };
    }

    private static long key(int enterprise, int number) {
        return (long) enterprise << 16 | number;
    }

    private static void put(int number, String name, Kind kind, int column, int rank, int size) {
        put(0, number, name, kind, column, rank, size);
    }

    private static void put(
            int enterprise, int number, String name, Kind kind, int column, int rank, int size) {
        KNOWN.put(key(enterprise, number), new Element(name, kind, column, rank, size));
    }

    private static void number(int number, String name, int column, int rank, int size) {
        put(0, number, name, Kind.NUMBER, column, rank, size);
    }

    private static void number(
            int enterprise, int number, String name, int column, int rank, int size) {
        put(enterprise, number, name, Kind.NUMBER, column, rank, size);
    }

    private static void time(int start, int end, String unit, Kind kind, int rank, int size) {
        put(start, "flowStart" + unit, kind, FlowColumn.START, rank, size);
        put(end, "flowEnd" + unit, kind, FlowColumn.END, rank, size);
    }

    private static void event(int number, String name, Kind kind, int rank, int size) {
        put(number, name, kind, FlowColumn.END, rank, size);
    }
}
