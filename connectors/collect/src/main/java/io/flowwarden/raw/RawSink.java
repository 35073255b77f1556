package io.flowwarden.raw;

import java.io.IOException;

/** Where the raw records of an input go: a decoder, or the raw topic. */
@FunctionalInterface
public interface RawSink {
    /**
     * Takes one record; the reader goes on when it returns, so a slow sink slows the reader.
     *
     * @throws IOException if the sink is gone; reading ends there
     */
    void accept(RawRecord raw) throws IOException;
}
