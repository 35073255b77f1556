package io.flowwarden.draft;

import java.util.Comparator;

/** What was seen of one client with one server on one telling service. */
final class Talk {
    record Key(Host client, Host server, Service service) implements Comparable<Key> {
        private static final Comparator<Key> ORDER =
                Comparator.comparing(Key::service)
                        .thenComparing(Key::server)
                        .thenComparing(Key::client);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    private final Key key;
    private final Span span = new Span();
    private final Gaps gaps = new Gaps();
    private final Activity activity = new Activity();
    private long flows;
    private long bytes;
    private String source;
    private long clientPort = -1;
    private boolean severalClientPorts;

    Talk(Key key) {
        this.key = key;
    }

    Host client() {
        return key.client();
    }

    Host server() {
        return key.server();
    }

    Service service() {
        return key.service();
    }

    /**
     * Adds a flow.
     *
     * @param request whether it is the client's direction
     * @param from epoch ms, with {@code to} both -1 where nobody knows
     * @param origin slot of the input's first flow
     */
    void add(
            String from,
            boolean request,
            long port,
            long volume,
            long start,
            long end,
            long origin) {
        flows++;
        bytes += volume;
        severalClientPorts |= clientPort >= 0 && clientPort != port;
        clientPort = port;
        if (end < 0) {
            return;
        }
        span.add(start, end);
        activity.busy(origin, service() == Service.DISKS ? start : end, end);
        // Cadence by one witness only: two see the same flow at slightly different times.
        if (source == null) {
            source = from;
        }
        if (request && source.equals(from)) {
            gaps.sighted(end);
        }
    }

    long flows() {
        return flows;
    }

    /** Both directions, after sampling. */
    long bytes() {
        return bytes;
    }

    Span span() {
        return span;
    }

    Gaps gaps() {
        return gaps;
    }

    Activity activity() {
        return activity;
    }

    boolean severalClientPorts() {
        return severalClientPorts;
    }
}
