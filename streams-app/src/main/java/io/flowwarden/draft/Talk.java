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
    private boolean sampled;

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
     * @param witness the source that reports it
     * @param request whether it is of the client's direction
     * @param port the client's
     * @param volume bytes
     * @param start epoch ms; -1, as the end is, where nobody knows
     * @param origin slot of the input's first flow
     */
    void add(
            String witness,
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
            source = witness;
        }
        if (request && source.equals(witness)) {
            gaps.sighted(end);
        }
    }

    /** Notes that of its packets only some were seen. */
    void markSampled() {
        sampled = true;
    }

    boolean sampled() {
        return sampled;
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

    /** The source that the cadence is measured by; null where no time is known. */
    String witness() {
        return source;
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
