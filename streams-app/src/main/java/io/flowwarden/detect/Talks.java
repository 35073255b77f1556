package io.flowwarden.detect;

import io.flowwarden.classify.Location;
import io.flowwarden.classify.Verdicts;
import io.flowwarden.flow.FlowBatch;
import io.flowwarden.flow.FlowColumn;
import io.flowwarden.flow.Flows;
import io.flowwarden.flow.Transport;
import io.flowwarden.net.Address;
import io.flowwarden.schemas.Talk;
import java.time.Instant;
import java.util.Locale;

/** Flows as findings tell of them. */
public final class Talks {
    private static final String[] FLAGS = {"FIN", "SYN", "RST", "PSH", "ACK"};

    private Talks() {}

    /** Who talks to whom, as the verdict has it. */
    public static Talk of(FlowBatch flows, Verdicts verdicts, int row) {
        boolean forward = verdicts.clientIsSource(row);
        return of(
                text(flows, row, verdicts.clientColumn(row)),
                verdicts.client(row),
                text(flows, row, verdicts.serverColumn(row)),
                verdicts.server(row),
                port(flows, row, forward ? FlowColumn.DST_PORT : FlowColumn.SRC_PORT),
                (int) flows.get(row, FlowColumn.PROTOCOL, -1));
    }

    /**
     * @param port null for ICMP
     * @param protocol IANA number
     */
    public static Talk of(
            String client,
            Location clientIs,
            String server,
            Location serverIs,
            Integer port,
            int protocol) {
        return new Talk(
                client,
                server,
                port,
                Transport.name(protocol),
                clientIs.name(),
                serverIs.name(),
                clientIs.site(),
                serverIs.site(),
                clientIs.roles(),
                serverIs.roles());
    }

    /** One flow in words: when, from where to where, how much. */
    public static String inWords(FlowBatch flows, int row) {
        var words = new StringBuilder(96);
        words.append(Instant.ofEpochMilli(flows.get(row, FlowColumn.START, end(flows, row))))
                .append(' ');
        side(words, flows, row, FlowColumn.SRC_HI, FlowColumn.SRC_PORT);
        words.append(" > ");
        side(words, flows, row, FlowColumn.DST_HI, FlowColumn.DST_PORT);
        words.append(' ').append(Transport.name((int) flows.get(row, FlowColumn.PROTOCOL, -1)));
        count(words, flows, row, FlowColumn.PACKETS, "packet");
        count(words, flows, row, FlowColumn.BYTES, "byte");
        if (flows.get(row, FlowColumn.PROTOCOL, -1) == Transport.TCP
                && flows.has(row, FlowColumn.TCP_FLAGS)) {
            flags(words, (int) flows.get(row, FlowColumn.TCP_FLAGS));
        }
        if (flows.has(row, FlowColumn.OUTCOME)) {
            words.append(", ").append(Flows.outcome(flows, row).name().toLowerCase(Locale.ROOT));
        }
        return words.toString();
    }

    /** The time of a flow is its end. */
    public static long end(FlowBatch flows, int row) {
        return flows.get(row, FlowColumn.END, flows.origin().receivedAt());
    }

    private static Integer port(FlowBatch flows, int row, int column) {
        return flows.has(row, column) ? (Integer) (int) flows.get(row, column) : null;
    }

    private static String text(FlowBatch flows, int row, int column) {
        return Address.text(flows.get(row, column), flows.get(row, column + 1));
    }

    private static void side(StringBuilder words, FlowBatch flows, int row, int hi, int port) {
        String address = text(flows, row, hi);
        boolean bracket = flows.has(row, port) && address.indexOf(':') >= 0;
        words.append(bracket ? "[" + address + "]" : address);
        if (flows.has(row, port)) {
            words.append(':').append(flows.get(row, port));
        }
    }

    private static void count(
            StringBuilder words, FlowBatch flows, int row, int column, String of) {
        if (flows.has(row, column)) {
            long count = Flows.scaled(flows, row, column);
            words.append(", ").append(count).append(' ').append(of).append(count == 1 ? "" : "s");
        }
    }

    private static void flags(StringBuilder words, int flags) {
        words.append(",");
        for (int f = 0; f < FLAGS.length; f++) {
            if ((flags >>> f & 1) != 0) {
                words.append(' ').append(FLAGS[f]);
            }
        }
        if ((flags & (1 << FLAGS.length) - 1) == 0) {
            words.append(" no flags");
        }
    }
}
