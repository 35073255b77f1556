package io.flowwarden.cli;

import io.flowwarden.schemas.Flow;
import io.flowwarden.schemas.JudgedFlow;
import java.util.Locale;

/** A flow as a line of a table; columns grow where an address does not fit. */
final class FlowLine {
    private static final String LAYOUT = "%-19s %9s  %-21s %-21s %-5s %10s %9s  %-8s %s";
    private static final String[] FLAGS = {"F", "S", "R", "P", "A", "U", "E", "C"};

    private FlowLine() {}

    static String header() {
        return String.format(
                        Locale.ROOT,
                        LAYOUT,
                        "START (UTC)",
                        "SECONDS",
                        "SOURCE",
                        "DESTINATION",
                        "PROTO",
                        "BYTES",
                        "PACKETS",
                        "FLAGS",
                        "OUTCOME")
                .stripTrailing();
    }

    static String of(Flow flow) {
        return String.format(
                        Locale.ROOT,
                        LAYOUT,
                        Times.seconds(flow.getStart()),
                        String.format(
                                Locale.ROOT, "%.3f", (flow.getEnd() - flow.getStart()) / 1000.0),
                        endpoint(flow.getSrc(), flow.getSrcPort()),
                        endpoint(flow.getDst(), flow.getDstPort()),
                        icmp(flow),
                        orDash(flow.getBytes()),
                        orDash(flow.getPackets()),
                        flags(flow.getTcpFlags()),
                        flow.getOutcome().equals("UNKNOWN") ? "" : flow.getOutcome())
                .stripTrailing();
    }

    static String judgedHeader() {
        return String.format(Locale.ROOT, "%-12s %s  %s", "VERDICT", header(), "WHAT");
    }

    /** With the verdict first, and what led to it last. */
    static String of(JudgedFlow judged) {
        String what =
                judged.getReason() != null
                        ? judged.getReason()
                        : judged.getCategory() != null ? judged.getCategory() : "";
        return String.format(
                        Locale.ROOT,
                        "%-12s %s  %s",
                        judged.getVerdict(),
                        of(judged.getFlow()),
                        what)
                .stripTrailing();
    }

    /** Address and port as people write them: IPv6 in brackets. */
    static String endpoint(String address, Integer port) {
        if (address == null) {
            return port == null ? "-" : "-:" + port;
        }
        boolean v6 = address.indexOf(':') >= 0;
        if (port == null) {
            return address;
        }
        return (v6 ? "[" + address + "]" : address) + ":" + port;
    }

    private static String icmp(Flow flow) {
        String name = flow.getTransport() == null ? "-" : flow.getTransport();
        return flow.getIcmpType() == null
                ? name
                : name + " " + flow.getIcmpType() + "/" + orDash(flow.getIcmpCode());
    }

    private static String flags(Integer bits) {
        if (bits == null) {
            return "-";
        }
        var text = new StringBuilder(8);
        for (int i = 0; i < FLAGS.length; i++) {
            text.append((bits >> i & 1) != 0 ? FLAGS[i] : ".");
        }
        return text.toString();
    }

    private static String orDash(Object value) {
        return value == null ? "-" : value.toString();
    }
}
