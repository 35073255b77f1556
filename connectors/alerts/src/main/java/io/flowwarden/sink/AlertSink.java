package io.flowwarden.sink;

import io.flowwarden.schemas.Alert;
import java.time.Duration;
import java.util.List;

/**
 * Where alerts are told. At least once: the id of an alert makes a repetition harmless. Used by one
 * thread; its {@code toString} names it without a secret.
 */
public interface AlertSink extends AutoCloseable {
    /** What {@link #upkeep} answers where there is nothing to keep up. */
    Duration NEVER = Duration.ofDays(1);

    /**
     * Tells alerts in this order, each record of an alert as a step of its life.
     *
     * @return how far it came, what was refused for good, and why it stopped if it did
     */
    Delivery deliver(List<Alert> alerts) throws InterruptedException;

    /**
     * Whether it must know every open alert, so that whoever feeds it reads the topic from its
     * start, and hands over by {@link #restore} what is older than this process.
     */
    default boolean remembers() {
        return false;
    }

    /** What an alert was before this process: known from now on, not told for its own sake. */
    default void restore(Alert alert) {}

    /**
     * Does what is due by itself.
     *
     * @return when to call again at the latest
     */
    default Duration upkeep() throws InterruptedException {
        return NEVER;
    }

    @Override
    void close();
}
