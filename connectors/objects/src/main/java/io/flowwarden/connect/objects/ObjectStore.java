package io.flowwarden.connect.objects;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * Where log objects lie. One thread at a time uses it; {@link #close} may come from another one,
 * and then a call that is under way ends with an error. Every method throws {@link StoreRefused}
 * where the store wants other credentials, and any other IOException where the same call may work
 * later.
 */
public interface ObjectStore extends AutoCloseable {
    /** Names the store in offsets, so it may not change while objects are remembered. */
    String name();

    /** Whether an object may grow at its end. Where not, another etag means another content. */
    boolean grows();

    /**
     * One page of the objects whose key starts with a prefix.
     *
     * @param next what the page before said, or null for the first one
     */
    Page list(String prefix, String next) throws IOException;

    /**
     * The object's bytes.
     *
     * @param from first byte wanted
     * @throws ObjectGone if there is no such object any more
     */
    InputStream open(StoredObject object, long from) throws IOException;

    @Override
    void close();

    /**
     * @param next what to ask the next page with, or null if this is the last
     */
    record Page(List<StoredObject> objects, String next) {}
}
