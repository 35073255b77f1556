package io.flowwarden;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A failed thread is replaced, since most failures pass: a broker that is away, a fenced producer.
 * One that does not pass ends the process after so many within the hour, where somebody sees it.
 */
final class RestartBudget implements StreamsUncaughtExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(RestartBudget.class);
    private static final Duration WINDOW = Duration.ofHours(1);

    private final int budget;
    private final InstantSource clock;
    private final Counter failures;
    private final Deque<Long> spent = new ArrayDeque<>();

    RestartBudget(int budget, InstantSource clock, MeterRegistry meters) {
        this.budget = budget;
        this.clock = clock;
        this.failures =
                Counter.builder("flowwarden.thread.failures")
                        .description("Threads that failed and were replaced, or ended the process")
                        .register(meters);
    }

    @Override
    public synchronized StreamThreadExceptionResponse handle(Throwable failure) {
        failures.increment();
        long now = clock.millis();
        while (!spent.isEmpty() && spent.peekFirst() < now - WINDOW.toMillis()) {
            spent.removeFirst();
        }
        if (spent.size() >= budget) {
            LOG.error("a thread failed and {} were replaced within the hour", budget, failure);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        spent.addLast(now);
        LOG.error("a thread failed and is replaced, {} of {}", spent.size(), budget, failure);
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }
}
