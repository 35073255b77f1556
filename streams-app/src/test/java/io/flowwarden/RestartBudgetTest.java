package io.flowwarden;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RestartBudgetTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private Instant now = Instant.EPOCH;

    @Test
    void aFailureThatDoesNotPassEndsTheProcess() {
        var budget = new RestartBudget(2, () -> now, meters);
        assertEquals(REPLACE_THREAD, budget.handle(new IllegalStateException()));
        assertEquals(REPLACE_THREAD, budget.handle(new IllegalStateException()));
        assertEquals(SHUTDOWN_CLIENT, budget.handle(new IllegalStateException()));
        assertEquals(3, meters.get("flowwarden.thread.failures").counter().count());
    }

    @Test
    void theBudgetComesBackWithinTheHour() {
        var budget = new RestartBudget(1, () -> now, meters);
        assertEquals(REPLACE_THREAD, budget.handle(new IllegalStateException()));
        now = now.plus(Duration.ofMinutes(61));
        assertEquals(REPLACE_THREAD, budget.handle(new IllegalStateException()));
        assertEquals(SHUTDOWN_CLIENT, budget.handle(new IllegalStateException()));
    }
}
