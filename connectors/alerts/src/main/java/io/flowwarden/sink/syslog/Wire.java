package io.flowwarden.sink.syslog;

import java.io.IOException;

/** Carries messages to a receiver; opens on first use, and again after a failure. */
interface Wire extends AutoCloseable {
    /**
     * @throws IOException if it was not sent
     */
    void send(byte[] message) throws IOException;

    @Override
    void close();
}
