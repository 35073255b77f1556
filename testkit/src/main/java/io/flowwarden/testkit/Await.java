package io.flowwarden.testkit;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for a condition, not for a time. */
public final class Await {
    /** Beyond what a busy machine takes; a test that passes never waits so long. */
    public static final Duration PATIENCE = Duration.ofSeconds(120);

    private Await() {}

    public static void until(String what, BooleanSupplier condition, Supplier<?> found) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(
                        what + " did not come within " + PATIENCE + "; found " + found.get());
            }
            LockSupport.parkNanos(5_000_000);
        }
    }
}
