package io.flowwarden.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns SIGINT and SIGTERM into an orderly end with status 0: for a command that runs until
 * stopped, being stopped is success.
 */
final class StopSignal implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 20;

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stop, "stop");

    StopSignal() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    boolean isAsked() {
        return asked.getCount() == 0;
    }

    /** Everything is closed, whoever asked for it. */
    @Override
    public void close() {
        stopped.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException stopping) {
            // The signal came; the hook ends the process.
        }
    }

    private void stop() {
        asked.countDown();
        boolean orderly = false;
        try {
            orderly = stopped.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(orderly ? Exit.OK : Exit.FAILURE);
    }
}
