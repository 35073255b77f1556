package io.flowwarden.alert;

import java.io.IOException;
import java.util.List;
import java.util.TreeMap;

/** Clients of one role that each have too many unexpected conversations to name. */
final class RolePeers {
    private static final int VERSION = 1;

    /** One and three that look the same. */
    private static final int ENOUGH = 4;

    /** More are no news. */
    private static final int MOST = 64;

    /** By client: tick time at which it was last found so. */
    final TreeMap<String, Long> clients = new TreeMap<>();

    /** Event time since when they are enough, or 0. */
    long since;

    /**
     * @param first event time of the client's conversations
     * @param oldest tick time; who was found before is forgotten
     */
    void put(String client, long tick, long first, long oldest) {
        clients.values().removeIf(seen -> seen < oldest);
        if (clients.size() < MOST || clients.containsKey(client)) {
            clients.put(client, tick);
        }
        if (clients.size() < ENOUGH) {
            since = 0;
        } else if (since == 0) {
            since = first;
        }
    }

    boolean areMany() {
        return since != 0;
    }

    long newest() {
        return clients.values().stream().mapToLong(seen -> seen).max().orElse(Long.MIN_VALUE);
    }

    static RolePeers decode(byte[] stored) {
        RolePeers known = Fields.decode(VERSION, stored, RolePeers::read);
        return known == null ? new RolePeers() : known;
    }

    byte[] encode() {
        return Fields.encode(VERSION, this, RolePeers::write);
    }

    private static void write(Fields.Writer to, RolePeers peers) throws IOException {
        to.number(peers.since);
        to.list(
                List.copyOf(peers.clients.entrySet()),
                (out, e) -> out.text(e.getKey()).number(e.getValue()));
    }

    private static RolePeers read(Fields.Reader from) throws IOException {
        var peers = new RolePeers();
        peers.since = from.number();
        from.list(in -> peers.clients.put(in.text(), in.number()));
        return peers;
    }
}
