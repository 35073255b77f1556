package io.flowwarden.demo;

/**
 * A conversation of the scenario, exported whenever it is due.
 *
 * @param domain observation domain of the exporter that sees it
 * @param first second of the scenario in which it is exported first
 * @param every seconds from one export to the next
 * @param flags TCP control bits of the client's record; the server's record has them, too
 * @param bytes octets from client to server in each export
 * @param packets likewise
 * @param answered whether the server's half is exported as well
 */
record Talk(
        int domain,
        String client,
        String server,
        int protocol,
        int port,
        int first,
        int every,
        int flags,
        long bytes,
        long packets,
        boolean answered) {
    private static final int SYN = 2;
    private static final int WHOLE_SESSION = 0x1b;

    static Talk tcp(
            int domain, String client, String server, int port, int first, int every, long bytes) {
        return new Talk(
                domain,
                client,
                server,
                6,
                port,
                first,
                every,
                WHOLE_SESSION,
                bytes,
                packetsFor(bytes),
                true);
    }

    static Talk udp(
            int domain, String client, String server, int port, int first, int every, long bytes) {
        return new Talk(
                domain, client, server, 17, port, first, every, 0, bytes, packetsFor(bytes), false);
    }

    /** A connection that was opened and not answered: three SYN of 60 bytes. */
    static Talk attempt(int domain, String client, String server, int port, int first, int every) {
        return new Talk(domain, client, server, 6, port, first, every, SYN, 180, 3, false);
    }

    boolean dueIn(int second) {
        return second >= first && (second - first) % every == 0;
    }

    private static long packetsFor(long bytes) {
        return bytes / 1400 + 1;
    }
}
