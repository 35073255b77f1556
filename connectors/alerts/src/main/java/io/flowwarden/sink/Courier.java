package io.flowwarden.sink;

import io.flowwarden.schemas.Alert;
import io.flowwarden.sink.Delivery.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings alerts to a sink, with bounded patience: an outage that lasts too long makes refusals of
 * what waits, so that a dead letter is kept and newer alerts get their chance. Used by one thread;
 * the counts may be read by any.
 */
public final class Courier implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Courier.class);

    private final AlertSink sink;
    private final Retries retries;
    private final InstantSource clock;
    private final AtomicLong done = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private volatile int failures;
    private Instant failingSince;

    public Courier(AlertSink sink, Retries retries, InstantSource clock) {
        this.sink = sink;
        this.retries = retries;
        this.clock = clock;
    }

    /**
     * One attempt.
     *
     * @return with an outage: wait {@link #pause} and come again with what is not done
     */
    public Delivery deliver(List<Alert> alerts) throws InterruptedException {
        if (alerts.isEmpty()) {
            return new Delivery(0, List.of(), null);
        }
        Delivery delivery = sink.deliver(alerts);
        if (delivery.outage() == null) {
            recovered();
        } else {
            if (delivery.done() > 0) {
                recovered();
            }
            delivery = failed(alerts, delivery);
        }
        done.addAndGet(delivery.done() - delivery.refused().size());
        refused.addAndGet(delivery.refused().size());
        for (Refusal refusal : delivery.refused()) {
            LOG.error("{}: alert {} not told: {}", sink, refusal.alert().getId(), refusal.reason());
        }
        return delivery;
    }

    private Delivery failed(List<Alert> alerts, Delivery delivery) {
        Instant now = clock.instant();
        if (failingSince == null) {
            failingSince = now;
            LOG.warn("{}: {}; trying again", sink, delivery.outage());
        }
        failed.incrementAndGet();
        failures++;
        if (now.isBefore(failingSince.plus(retries.giveUp()))) {
            return delivery;
        }
        var refusals = new ArrayList<>(delivery.refused());
        for (int i = delivery.done(); i < alerts.size(); i++) {
            refusals.add(
                    new Refusal(
                            alerts.get(i),
                            i,
                            "given up, no answer since "
                                    + failingSince
                                    + ": "
                                    + delivery.outage()));
        }
        return new Delivery(alerts.size(), refusals, null);
    }

    private void recovered() {
        if (failingSince != null) {
            LOG.info("{}: takes alerts again", sink);
        }
        failingSince = null;
        failures = 0;
    }

    /** How long to wait after an outage. */
    public Duration pause() {
        return retries.pause(failures);
    }

    public boolean remembers() {
        return sink.remembers();
    }

    public void restore(Alert alert) {
        sink.restore(alert);
    }

    /** See {@link AlertSink#upkeep}. */
    public Duration upkeep() throws InterruptedException {
        return sink.upkeep();
    }

    /** Records dealt with and not refused. */
    public long done() {
        return done.get();
    }

    /** Records that were refused or given up. */
    public long refused() {
        return refused.get();
    }

    /** Attempts that ended in an outage. */
    public long failed() {
        return failed.get();
    }

    /** Whether the last attempt ended in an outage. */
    public boolean isFailing() {
        return failures > 0;
    }

    @Override
    public void close() {
        sink.close();
    }

    @Override
    public String toString() {
        return sink.toString();
    }
}
