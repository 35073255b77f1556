package io.flowwarden.draft;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What speaks for a host's roles: its telling services, with whom, how often and when. */
final class Evidence {
    private static final class Side {
        private final TreeSet<Host> peers = new TreeSet<>();
        private long flows;

        void add(Host peer, long count) {
            peers.add(peer);
            flows += count;
        }

        String with() {
            return peers.size() == 1 ? peers.first().text() : Words.count(peers.size(), "host");
        }
    }

    private final Map<Host, TreeMap<String, Side>> sides = new TreeMap<>();
    private final Map<Host, Span> spans = new TreeMap<>();

    Evidence(List<Talk> talks) {
        for (Talk talk : talks) {
            add(talk, talk.client(), talk.server(), " to ");
            add(talk, talk.server(), talk.client(), " from ");
        }
    }

    private void add(Talk talk, Host host, Host peer, String way) {
        sides.computeIfAbsent(host, each -> new TreeMap<>())
                .computeIfAbsent(talk.service().text() + way, each -> new Side())
                .add(peer, talk.flows());
        spans.computeIfAbsent(host, each -> new Span()).add(talk.span());
    }

    /** {@code 902/udp to 10.1.20.2 (12 flows); 2026-11-21 06:03:14Z to ...}. */
    String of(Host host) {
        String services =
                sides.get(host).entrySet().stream()
                        .map(
                                side ->
                                        side.getKey()
                                                + side.getValue().with()
                                                + " ("
                                                + Words.count(side.getValue().flows, "flow")
                                                + ")")
                        .collect(Collectors.joining(", "));
        return services + "; " + spans.get(host).text();
    }
}
