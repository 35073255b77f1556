package io.flowwarden.cli;

import java.io.IOException;
import java.net.InetSocketAddress;

/** What drives a {@link Live} beside its exporters. */
interface Play {
    /** Nothing: it runs until somebody stops it. */
    Play NONE = (now, to) -> true;

    /**
     * Does what is due.
     *
     * @param now epoch ms
     * @param to where datagrams are listened for
     * @return whether to go on
     */
    boolean goOn(long now, InetSocketAddress to) throws IOException;
}
