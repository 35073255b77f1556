package io.flowwarden.decode.golden;

import io.flowwarden.net.Address;
import java.math.BigInteger;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Names and values of other projects, turned into ours. */
final class GoldenFields {
    /**
     * For each of our names theirs, lower case, letters and digits only; the first found counts.
     */
    private static final Map<String, List<String>> NAMES = new LinkedHashMap<>();

    static {
        name(
                "src",
                "sourceipv4address sourceipv6address ipv4srcaddr ipv6srcaddr srcaddr src srcip ie8 ie27");
        name(
                "dst",
                "destinationipv4address destinationipv6address ipv4dstaddr ipv6dstaddr dstaddr dst destip ie12 ie28");
        name("src_port", "sourcetransportport l4srcport srcport udpsourceport tcpsourceport ie7");
        name(
                "dst_port",
                "destinationtransportport l4dstport dstport udpdestinationport tcpdestinationport destport ie11");
        name("protocol", "protocolidentifier protocol proto ie4");
        name(
                "bytes",
                "octetdeltacount inbytes bytes octettotalcount intotalbytes inpermanentbytes bytessent ie1");
        name(
                "packets",
                "packetdeltacount inpkts packets packettotalcount intotalpackets inpermanentpkts packetssent ie2");
        name("tcp_flags", "tcpcontrolbits tcpflags ie6");
        name("input_if", "ingressinterface inputsnmp inif ie10");
        name("output_if", "egressinterface outputsnmp outif ie14");
        name(
                "start",
                "flowstartmilliseconds flowstartmsec flowstartms flowstartseconds start starttime timems ie152");
        name(
                "end",
                "flowendmilliseconds flowendmsec flowendms flowendseconds end endtime ie153 eventtimemsec");
        name("src_mac", "sourcemacaddress insrcmac srcmac");
        name("dst_mac", "destinationmacaddress indstmac dstmac");
        name("nat_src", "postnatsourceipv4address xlatesrcaddripv4 srcaddrnat");
        name("nat_dst", "postnatdestinationipv4address xlatedstaddripv4 dstaddrnat");
        name("nat_src_port", "postnaptsourcetransportport xlatesrcport srcportnat");
        name("nat_dst_port", "postnaptdestinationtransportport xlatedstport dstportnat");
        name("next_hop", "ipnexthopipv4address ipv4nexthop");
        name("pkt_src", "pktsrcaddr");
        name("pkt_dst", "pktdstaddr");
        name("interface_id", "interfaceid");
        name("account_id", "accountid");
        name("vpc_id", "vpcid");
        name("outcome", "action decision forwardingstatus fwevent firewallevent");
        name("sampling", "samplingrate samplinginterval");
        name(
                "reverse_bytes",
                "reverseoctetdeltacount reverseoctettotalcount responderoctets bytesrecv");
        name(
                "reverse_packets",
                "reversepacketdeltacount reversepackettotalcount responderpackets packetsrecv");
        name("vlan", "vlanid dot1qvlanid srcvlan vlansrc");
        name("direction", "flowdirection direction");
        name("end_reason", "flowendreason");
    }

    private GoldenFields() {}

    private static void name(String ours, String theirs) {
        NAMES.put(ours, List.of(theirs.split(" ")));
    }

    /** What a record says about a flow, by our names; empty where it is no flow. */
    static Map<String, Object> of(Map<String, Object> record) {
        var plain = new LinkedHashMap<String, Object>();
        record.forEach(
                (name, value) ->
                        plain.putIfAbsent(
                                name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", ""), value));
        var flow = new LinkedHashMap<String, Object>();
        NAMES.forEach(
                (ours, theirs) -> {
                    boolean address = ours.equals("src") || ours.equals("dst");
                    // Of two headers the inner one counts, of two families not the zeroed one.
                    var names =
                            address
                                    ? plain.keySet().stream().filter(theirs::contains).toList()
                                    : theirs;
                    for (String name : names) {
                        Object value = value(ours, name, plain.get(name));
                        boolean nothing = "0.0.0.0".equals(value) || "::".equals(value);
                        if (value != null && (!flow.containsKey(ours) || address && !nothing)) {
                            flow.put(ours, value);
                        }
                    }
                });
        boolean icmp =
                Long.valueOf(1).equals(flow.get("protocol"))
                        || Long.valueOf(58).equals(flow.get("protocol"));
        if (icmp) {
            flow.remove("src_port");
            flow.remove("dst_port");
        }
        boolean counted = flow.containsKey("bytes") && flow.containsKey("packets");
        boolean identified = flow.containsKey("src") || flow.containsKey("dst") || counted;
        return identified && flow.size() >= 2 ? flow : Map.of();
    }

    private static Object value(String ours, String name, Object theirs) {
        if (theirs == null) {
            return null;
        }
        String text = theirs.toString();
        return switch (ours) {
            case "src", "dst", "nat_src", "nat_dst", "pkt_src", "pkt_dst", "next_hop" ->
                    address(text);
            case "start", "end" -> time(name, text);
            case "src_mac", "dst_mac" -> mac(text);
            case "interface_id", "account_id", "vpc_id" -> text.equals("-") ? null : text;
            case "outcome" -> outcome(name, text);
            // Nothing sampled is stated as 0 by some, as nothing by us.
            case "sampling" -> text.equals("0") ? null : number(text);
            case "direction" -> direction(text);
            case "protocol" -> protocol(text);
            case "tcp_flags" -> theirs instanceof Map ? (Object) flags(theirs) : number(text);
            default -> number(text);
        };
    }

    private static String outcome(String name, String text) {
        if (name.equals("decision")) {
            return text.startsWith("A") ? "ACCEPTED" : text.startsWith("D") ? "REJECTED" : null;
        }
        if (name.equals("action")) {
            return text.equals("ACCEPT") ? "ACCEPTED" : text.equals("REJECT") ? "REJECTED" : null;
        }
        Long code = number(text);
        if (code == null) {
            return text.startsWith("{Forwarded")
                    ? "ACCEPTED"
                    : text.startsWith("{Dropped")
                            ? "REJECTED"
                            : text.matches("\\{(Consumed|Unknown).*") ? "UNKNOWN" : null;
        }
        if (name.equals("forwardingstatus")) {
            return List.of("UNKNOWN", "ACCEPTED", "REJECTED", "UNKNOWN").get((int) (code >>> 6));
        }
        return code == 3 ? "REJECTED" : code == 1 || code == 2 || code == 5 ? "ACCEPTED" : null;
    }

    private static String direction(String text) {
        return switch (text) {
            case "0", "ingress", "I" -> "ingress";
            case "1", "egress", "O" -> "egress";
            default -> null;
        };
    }

    private static String address(String text) {
        if (text.startsWith("0x")) {
            return address(new BigInteger(text.substring(2), 16), text.length() - 2);
        }
        long[] address = Address.parse(text);
        return address == null ? null : Address.text(address[0], address[1]);
    }

    private static String address(BigInteger bits, int digits) {
        return digits <= 8
                ? Address.text(0, Address.v4(Integer.reverseBytes(bits.intValue())))
                : Address.text(bits.shiftRight(64).longValue(), bits.longValue());
    }

    private static Long time(String name, String text) {
        if (text.contains("T")) {
            try {
                return Instant.parse(text).toEpochMilli();
            } catch (DateTimeParseException e) {
                return null;
            }
        }
        Long number = number(text);
        boolean seconds = name.endsWith("seconds") && !name.endsWith("milliseconds");
        boolean cloud = name.equals("start") || name.equals("end");
        return number == null ? null : (Long) (seconds || cloud ? number * 1000 : number);
    }

    private static String mac(String text) {
        String plain = text.toLowerCase(Locale.ROOT);
        return plain.matches("([0-9a-f]{2}:){5}[0-9a-f]{2}") ? plain : null;
    }

    private static Long flags(Object theirs) {
        var names = List.of("FIN", "SYN", "RST", "PSH", "ACK", "URG", "ECE", "CWR", "NS");
        long[] bits = {0};
        Json.object(theirs)
                .forEach(
                        (name, set) -> {
                            int bit = names.indexOf(name.toUpperCase(Locale.ROOT));
                            bits[0] |= bit >= 0 && Boolean.TRUE.equals(set) ? 1L << bit : 0;
                        });
        return bits[0];
    }

    private static Long protocol(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "icmp" -> 1L;
            case "igmp" -> 2L;
            case "tcp" -> 6L;
            case "udp" -> 17L;
            case "ipv4" -> 4L;
            case "ipv6" -> 41L;
            case "ipv6-icmp", "ipv6icmp", "icmpv6" -> 58L;
            default -> number(text);
        };
    }

    private static Long number(String text) {
        if (text.matches("0x[0-9a-f]{1,16}")) {
            String digits = (text.length() % 2 == 0 ? "" : "0") + text.substring(2);
            // The dump drops leading zeros of the last byte only when it is one byte long.
            long value = 0;
            for (int i = digits.length() - 2; i >= 0; i -= 2) {
                value = value << 8 | Integer.parseInt(digits.substring(i, i + 2), 16);
            }
            return value;
        }
        return text.matches("-?\\d{1,18}") ? Long.valueOf(text) : null;
    }
}
