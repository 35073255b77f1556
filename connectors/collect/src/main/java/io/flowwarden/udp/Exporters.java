package io.flowwarden.udp;

import io.flowwarden.net.Address;
import io.flowwarden.net.Prefix;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Who may send, and how much. Exporters are remembered up to a number, so that made-up sender
 * addresses cost no memory; an exporter that was forgotten starts with a full second's allowance.
 */
final class Exporters {
    /** An exporter that may send. */
    static final class Exporter {
        private final String text;
        private final TokenBucket bucket;

        Exporter(String text, TokenBucket bucket) {
            this.text = text;
            this.bucket = bucket;
        }

        /** Canonical address. */
        String text() {
            return text;
        }
    }

    private static final float LOAD_FACTOR = 0.75f;

    private final Prefix[] allow;
    private final int rate;
    private final Map<InetAddress, Exporter> known;

    Exporters(List<Prefix> allow, int rate, int most) {
        this.allow = allow.toArray(Prefix[]::new);
        this.rate = rate;
        this.known =
                new LinkedHashMap<>(64, LOAD_FACTOR, true) {
                    private static final long serialVersionUID = 1;

                    @Override
                    protected boolean removeEldestEntry(Map.Entry<InetAddress, Exporter> eldest) {
                        return size() > most;
                    }
                };
    }

    /**
     * @return the exporter, or null if the allow-list does not name it
     */
    Exporter of(InetAddress address, long now) {
        synchronized (known) {
            Exporter exporter = known.get(address);
            if (exporter != null) {
                return exporter;
            }
        }
        // Not under the lock: a flood from strangers shall not hold up those who may send.
        Exporter admitted = admit(address, now);
        if (admitted == null) {
            return null;
        }
        synchronized (known) {
            Exporter first = known.putIfAbsent(address, admitted);
            return first == null ? admitted : first;
        }
    }

    /** Whether its rate lets one more datagram pass. */
    boolean isWithinRate(Exporter exporter, long now) {
        if (exporter.bucket == null) {
            return true;
        }
        synchronized (exporter) {
            return exporter.bucket.take(now);
        }
    }

    private Exporter admit(InetAddress address, long now) {
        ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
        boolean v4 = bytes.remaining() == 4;
        long hi = v4 ? 0 : bytes.getLong();
        long lo = v4 ? Address.v4(bytes.getInt()) : bytes.getLong();
        if (!isListed(hi, lo)) {
            return null;
        }
        return new Exporter(Address.text(hi, lo), rate == 0 ? null : new TokenBucket(rate, now));
    }

    private boolean isListed(long hi, long lo) {
        for (Prefix prefix : allow) {
            if (prefix.contains(hi, lo)) {
                return true;
            }
        }
        return allow.length == 0;
    }
}
