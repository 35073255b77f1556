package io.flowwarden.classify;

import io.flowwarden.flow.FlowBatch;
import io.flowwarden.flow.FlowColumn;
import io.flowwarden.flow.Origin;
import io.flowwarden.flow.Transport;
import io.flowwarden.net.Address;
import io.flowwarden.schemas.Endpoint;
import io.flowwarden.schemas.EstateEntry;
import io.flowwarden.schemas.JudgedFlow;
import io.flowwarden.schemas.PortRule;
import io.flowwarden.schemas.Site;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A catalog, an estate and a batch, written down in few words. */
final class Scene {
    static final long NOON = 1_795_262_400_000L; // 2026-11-21T12:00:00Z

    final List<PortRule> rules = new ArrayList<>();
    final List<EstateEntry> estate = new ArrayList<>();
    FlowBatch batch = new FlowBatch();

    /** The batch that was judged last. */
    FlowBatch judged = new FlowBatch();

    final Verdicts verdicts = new Verdicts();
    ConversationMemory memory = ConversationMemory.transientOnly();
    private Classifier classifier;

    Scene() {
        from("netflow/10.1.255.1/0");
    }

    /** {@code "443/tcp a|b > c"}, scope and flags after it; the id is the text up to them. */
    Scene rule(String text, String... scopeAndFlags) {
        String[] words = text.split(" ", -1);
        String[] port = words[0].split("/");
        var flags = new ArrayList<>(List.of(scopeAndFlags));
        String scope = null;
        if (flags.remove("intra-site")) {
            scope = "intra-site";
        }
        if (flags.remove("inter-site")) {
            scope = "inter-site";
        }
        boolean icmp = port[0].equals("icmp");
        String[] range = port[0].split("-");
        String category = "management";
        for (String flag : List.copyOf(flags)) {
            if (flag.startsWith("for:")) {
                flags.remove(flag);
                category = flag.substring(4);
            }
        }
        rules.add(
                PortRule.newBuilder()
                        .setId(text)
                        .setProduct("test")
                        .setTransport(icmp ? "icmp" : port[1])
                        .setPortFrom(icmp ? null : (Integer) Integer.parseInt(range[0]))
                        .setPortTo(
                                icmp ? null : (Integer) Integer.parseInt(range[range.length - 1]))
                        .setSourceRoles(roles(words[1]))
                        .setTargetRoles(roles(words[3]))
                        .setScope(scope)
                        .setCategory(category)
                        .setFlags(flags)
                        .setPurpose("Purpose of " + words[0])
                        .setReferences(List.of("000:1"))
                        .build());
        return this;
    }

    Scene site(String name, String... networks) {
        return entry("site", name, new Site(List.of(networks), List.of(), false));
    }

    Scene endpoint(String name, String address, String... roles) {
        return entry(
                "endpoint",
                name,
                new Endpoint(List.of(address), List.of(roles), null, Map.of(), false));
    }

    Scene policy(String name, boolean allow, String from, String to, String services) {
        return policy(name, allow, from, to, services, null);
    }

    Scene policy(
            String name, boolean allow, String from, String to, String services, String until) {
        int position = estate.size();
        return entry(
                "policy",
                name,
                new io.flowwarden.schemas.Policy(
                        position,
                        allow,
                        words(from),
                        words(to),
                        words(services),
                        until,
                        allow ? null : "because"));
    }

    Scene entry(String kind, String name, Object body) {
        estate.add(new EstateEntry(kind, name, body));
        return this;
    }

    Scene from(String source) {
        batch.begin(new Origin(source, null, NOON, null));
        return this;
    }

    /** Adds a TCP or UDP flow with flags that say nothing; the row is the last. */
    Scene flow(String src, int srcPort, String dst, int dstPort, String transport) {
        int row = addressed(src, dst);
        batch.set(row, FlowColumn.SRC_PORT, srcPort);
        batch.set(row, FlowColumn.DST_PORT, dstPort);
        batch.set(
                row, FlowColumn.PROTOCOL, transport.equals("tcp") ? Transport.TCP : Transport.UDP);
        return transport.equals("tcp") ? with(FlowColumn.TCP_FLAGS, 27) : this;
    }

    /** The same, opened for certain by the source. */
    Scene open(String client, String server, int port, String transport) {
        flow(client, 50_000, server, port, transport);
        return with(FlowColumn.INITIATOR, FlowColumn.INITIATOR_SRC);
    }

    Scene icmp(String src, String dst, int type) {
        int row = addressed(src, dst);
        batch.set(row, FlowColumn.PROTOCOL, Transport.ICMP);
        return type < 0 ? this : with(FlowColumn.ICMP_TYPE, type);
    }

    Scene protocol(String src, String dst, int protocol) {
        batch.set(addressed(src, dst), FlowColumn.PROTOCOL, protocol);
        return this;
    }

    /** Sets a column of the last flow. */
    Scene with(int column, long value) {
        batch.set(batch.size() - 1, column, value);
        return this;
    }

    /** Sets the times of the last flow, in seconds from noon. */
    Scene at(long start, long end) {
        return with(FlowColumn.START, NOON + start * 1000).with(FlowColumn.END, NOON + end * 1000);
    }

    Knowledge knowledge() {
        return Knowledge.compile(
                rules, estate.isEmpty() ? null : estate, "c1", estate.isEmpty() ? null : "e1");
    }

    /** Judges the batch and returns the last flow; the next flow begins a new batch. */
    JudgedFlow judge() {
        if (classifier == null) {
            classifier = new Classifier(knowledge(), memory);
        }
        classifier.judge(batch, verdicts);
        FlowBatch next = judged;
        judged = batch;
        batch = next;
        batch.begin(judged.origin());
        return JudgedFlows.of(judged, judged.size() - 1, verdicts);
    }

    private int addressed(String src, String dst) {
        int row = batch.add(0);
        long[] from = Address.parse(src);
        long[] to = Address.parse(dst);
        batch.setAddress(row, FlowColumn.SRC_HI, from[0], from[1]);
        batch.setAddress(row, FlowColumn.DST_HI, to[0], to[1]);
        batch.set(row, FlowColumn.START, NOON);
        batch.set(row, FlowColumn.END, NOON);
        return row;
    }

    private static List<String> roles(String text) {
        return text.equals("-") ? List.of() : Arrays.asList(text.split("\\|"));
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : Arrays.asList(text.split(" "));
    }
}
