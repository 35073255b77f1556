package io.flowwarden.alert;

/**
 * Servers that have more unexpected clients than are named. Every settle task knows them: the
 * clients' own alerts are anywhere, and are explained by the one about the server.
 */
final class CrowdedServers {
    private static final String PREFIX = "v/";
    private static final String QUIET = "crowded ";
    private static final int VERSION = 1;

    private record Crowd(String alert, long seen) {}

    private final SettleMemory memory;
    private final Timers timers;
    private final long quiet;

    /**
     * @param quiet time without a finding after which a server's crowd is over, ms
     */
    CrowdedServers(SettleMemory memory, Timers timers, long quiet) {
        this.memory = memory;
        this.timers = timers;
        this.quiet = quiet;
    }

    /** Id of the alert about a server's crowd; null if it has none. */
    String alert(String server) {
        Crowd crowd = crowd(server);
        return crowd == null ? null : crowd.alert();
    }

    /**
     * A server is told to have a crowd.
     *
     * @param alert id of the alert about it, if this begins one
     * @param now tick time
     * @return whether it begins
     */
    boolean take(String server, String alert, long now) {
        Crowd before = crowd(server);
        put(server, new Crowd(before == null ? alert : before.alert(), now));
        if (before == null) {
            timers.set(now + quiet, QUIET + server);
        }
        return before == null;
    }

    /** A time has come; returns whether it was one of ours. */
    boolean due(long at, String what) {
        if (!what.startsWith(QUIET)) {
            return false;
        }
        String server = what.substring(QUIET.length());
        Crowd crowd = crowd(server);
        if (crowd != null && crowd.seen() + quiet > at) {
            timers.set(crowd.seen() + quiet, what);
        } else {
            memory.delete(PREFIX + server);
        }
        return true;
    }

    private Crowd crowd(String server) {
        return Fields.decode(
                VERSION,
                memory.get(PREFIX + server),
                from -> new Crowd(from.text(), from.number()));
    }

    private void put(String server, Crowd crowd) {
        memory.put(
                PREFIX + server,
                Fields.encode(
                        VERSION, crowd, (to, one) -> to.text(one.alert()).number(one.seen())));
    }
}
