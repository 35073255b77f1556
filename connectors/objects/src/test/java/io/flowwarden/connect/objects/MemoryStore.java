package io.flowwarden.connect.objects;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** A store in memory, listed by name, three objects a page. */
final class MemoryStore implements ObjectStore {
    private static final int PAGE = 3;

    private final Map<String, StoredObject> objects = new TreeMap<>();
    private final Map<String, byte[]> contents = new ConcurrentHashMap<>();
    private final boolean grows;
    private int changes;

    /** What happens to the bytes of an object on their way. */
    volatile UnaryOperator<InputStream> network = in -> in;

    /** Thrown by the next listings, while it is there. */
    volatile IOException fault;

    MemoryStore(boolean grows) {
        this.grows = grows;
    }

    synchronized void put(String key, byte[] content, long modified) {
        contents.put(key, content.clone());
        objects.put(key, new StoredObject(key, content.length, "e" + changes++, modified));
    }

    synchronized void remove(String key) {
        contents.remove(key);
        objects.remove(key);
    }

    /** Gone, but still listed. */
    void vanish(String key) {
        contents.remove(key);
    }

    synchronized List<StoredObject> all() {
        return List.copyOf(objects.values());
    }

    byte[] content(String key) {
        return contents.get(key);
    }

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public boolean grows() {
        return grows;
    }

    @Override
    public synchronized Page list(String prefix, String next) throws IOException {
        if (fault != null) {
            throw fault;
        }
        var page = new ArrayList<StoredObject>();
        for (StoredObject object : objects.values()) {
            boolean after = next == null || object.key().compareTo(next) > 0;
            if (after && object.key().startsWith(prefix) && page.size() < PAGE) {
                page.add(object);
            }
        }
        return new Page(page, page.size() < PAGE ? null : page.get(PAGE - 1).key());
    }

    @Override
    public InputStream open(StoredObject object, long from) throws IOException {
        byte[] content = contents.get(object.key());
        if (content == null) {
            throw new ObjectGone(object.key(), null);
        }
        var in = new ByteArrayInputStream(content);
        in.skip(from);
        return network.apply(in);
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
