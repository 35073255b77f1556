package io.flowwarden.classify;

import io.flowwarden.fault.Nearest;
import io.flowwarden.flow.FlowBatch;
import io.flowwarden.flow.FlowColumn;
import io.flowwarden.flow.Origin;
import io.flowwarden.flow.Transport;
import io.flowwarden.net.Address;
import io.flowwarden.net.Prefix;
import io.flowwarden.schemas.Endpoint;
import io.flowwarden.schemas.EstateEntry;
import io.flowwarden.schemas.JudgedFlow;
import java.time.Instant;
import java.util.List;

/**
 * A flow that somebody asks about, instead of one that was seen: the order in which both ends are
 * typed says who is client and who is server.
 */
public final class TypedFlow {
    /** How many addresses of a prefix are tried for one that no smaller endpoint takes. */
    private static final int TRIES = 256;

    private static final int ECHO_REQUEST = 8;
    private static final int ECHO_REQUEST_V6 = 128;

    private final Knowledge knowledge;
    private final List<EstateEntry> estate;

    /**
     * @param knowledge what to judge by
     * @param estate what of it was compiled from an estate, to find endpoints by name
     */
    public TypedFlow(Knowledge knowledge, List<EstateEntry> estate) {
        this.knowledge = knowledge;
        this.estate = List.copyOf(estate);
    }

    /**
     * Says what this flow would be.
     *
     * @param client address, or name of an endpoint
     * @param server address, or name of an endpoint
     * @param service {@code port/tcp}, {@code port/udp} or {@code icmp}
     * @param at when it would end
     * @throws IllegalArgumentException saying which of these is none
     */
    public JudgedFlow judge(String client, String server, String service, Instant at) {
        long[] from = host(client);
        long[] to = host(server);
        var batch = new FlowBatch();
        batch.begin(new Origin("explain", null, at.toEpochMilli(), null));
        int row = batch.add(0);
        batch.setAddress(row, FlowColumn.SRC_HI, from[0], from[1]);
        batch.setAddress(row, FlowColumn.DST_HI, to[0], to[1]);
        batch.set(row, FlowColumn.START, at.toEpochMilli());
        batch.set(row, FlowColumn.END, at.toEpochMilli());
        if (service.equals("icmp")) {
            boolean v4 = Address.isV4(to[0], to[1]);
            batch.set(row, FlowColumn.PROTOCOL, v4 ? Transport.ICMP : Transport.ICMP6);
            batch.set(row, FlowColumn.ICMP_TYPE, v4 ? ECHO_REQUEST : ECHO_REQUEST_V6);
        } else {
            port(batch, row, service);
        }
        var verdicts = new Verdicts();
        new Classifier(knowledge, ConversationMemory.transientOnly()).judgeGiven(batch, verdicts);
        return JudgedFlows.of(batch, row, verdicts);
    }

    private static void port(FlowBatch batch, int row, String service) {
        String[] parts = service.split("/", -1);
        boolean transport = parts.length == 2 && (parts[1].equals("tcp") || parts[1].equals("udp"));
        if (!transport || !parts[0].matches("[0-9]{1,5}") || Integer.parseInt(parts[0]) > 0xffff) {
            throw new IllegalArgumentException(
                    service + " is no service: 443/tcp, 902/udp or icmp is");
        }
        batch.set(row, FlowColumn.DST_PORT, Integer.parseInt(parts[0]));
        batch.set(row, FlowColumn.PROTOCOL, parts[1].equals("tcp") ? Transport.TCP : Transport.UDP);
    }

    private long[] host(String text) {
        long[] address = Address.parse(text);
        if (address != null) {
            return address;
        }
        for (EstateEntry entry : estate) {
            if (entry.getName().equals(text)
                    && entry.getBody() instanceof Endpoint endpoint
                    && !endpoint.getAddresses().isEmpty()) {
                return hostOf(text, Prefix.parse(endpoint.getAddresses().get(0)));
            }
        }
        String near =
                Nearest.to(
                        text,
                        estate.stream()
                                .filter(entry -> entry.getBody() instanceof Endpoint)
                                .map(EstateEntry::getName)
                                .toList());
        throw new IllegalArgumentException(
                text
                        + " is neither an address nor an endpoint of "
                        + (estate.isEmpty() ? "an estate: none is given" : "the estate")
                        + (near == null ? "" : "; did you mean " + near + "?"));
    }

    /** An address of the prefix that is this endpoint's own, the first one if there is any. */
    private long[] hostOf(String name, Prefix prefix) {
        if (prefix.length() == 128) {
            return new long[] {prefix.hi(), prefix.lo()};
        }
        for (long host = 1; host <= TRIES && prefix.contains(prefix.hi(), prefix.lo() + host); ) {
            long lo = prefix.lo() + host++;
            if (name.equals(knowledge.locate(prefix.hi(), lo).name())) {
                return new long[] {prefix.hi(), lo};
            }
        }
        return new long[] {prefix.hi(), prefix.lo()};
    }
}
