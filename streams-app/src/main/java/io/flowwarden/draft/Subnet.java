package io.flowwarden.draft;

import io.flowwarden.net.Prefix;
import java.util.Map;
import java.util.TreeMap;

/** What was seen of the addresses of one subnet. */
final class Subnet {
    /** Routers that report one subnet; more of them are load-shared paths or forged. */
    private static final int MOST_EXPORTERS = 8;

    /** Flows that an exporter reported of it: with a neighbour of its region, and with anybody. */
    static final class Reports {
        private long local;
        private long all;

        void add(Reports other) {
            local += other.local;
            all += other.all;
        }

        long local() {
            return local;
        }

        long all() {
            return all;
        }
    }

    private final Prefix prefix;
    private final Prefix region;
    private final Span span = new Span();
    private final long[] hosts = new long[4];
    private final Map<String, Reports> exporters = new TreeMap<>();
    private long weight;
    private long flows;

    Subnet(Host first) {
        prefix = first.subnet();
        region = first.region();
    }

    Prefix prefix() {
        return prefix;
    }

    Prefix region() {
        return region;
    }

    /**
     * Adds a flow of one of its addresses.
     *
     * @param exporter may be null
     * @param local whether its other end is in the same region
     * @param counts false at the second end of a local flow, so that sums over a region are flows
     */
    void add(Host host, String exporter, boolean local, boolean counts, long start, long end) {
        weight++;
        flows += counts ? 1 : 0;
        if (end >= 0) {
            span.add(start, end);
        }
        // Of IPv4 the last octet; of IPv6 a hash of as many values, so rather too few hosts.
        int bit = (int) (host.lo() ^ (prefix.isV4() ? 0 : host.lo() >>> 8)) & 255;
        hosts[bit >>> 6] |= 1L << bit;
        if (exporter == null || !counts) {
            return;
        }
        Reports reports = exporters.get(exporter);
        if (reports == null && exporters.size() < MOST_EXPORTERS) {
            reports = new Reports();
            exporters.put(exporter, reports);
        }
        if (reports != null) {
            reports.all++;
            reports.local += local ? 1 : 0;
        }
    }

    /** How often an address of it was an end of a flow. */
    long weight() {
        return weight;
    }

    long flows() {
        return flows;
    }

    int hosts() {
        int count = 0;
        for (long bits : hosts) {
            count += Long.bitCount(bits);
        }
        return count;
    }

    Span span() {
        return span;
    }

    Map<String, Reports> exporters() {
        return exporters;
    }
}
