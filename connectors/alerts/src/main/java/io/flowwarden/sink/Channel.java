package io.flowwarden.sink;

import io.flowwarden.schemas.Alert;

/** Carries one message after the other; its {@code toString} names it without a secret. */
public interface Channel extends AutoCloseable {
    Answer send(Alert alert, Activity activity) throws InterruptedException;

    @Override
    void close();
}
