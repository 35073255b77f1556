package io.flowwarden.witness;

import io.flowwarden.detect.Memory;
import io.flowwarden.roster.DeclaredLink;
import io.flowwarden.roster.Roster;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The estate by which this partition was judged last, and since which of its revisions each link
 * means what it means.
 */
final class Declarations {
    private static final String KEY = "e";

    private record Declared(int mark, long since) {}

    private final Memory memory;
    private final TreeMap<String, Declared> links = new TreeMap<>();
    private String revision;
    private Roster roster = Roster.EMPTY;
    private Map<String, String> exporters = Map.of();
    private long number;

    Declarations(Memory memory) {
        this.memory = memory;
        byte[] stored = memory.get(KEY);
        if (stored != null) {
            Fields.read(stored, this::read);
        }
    }

    Roster roster() {
        return roster;
    }

    /** Exporters that sites list. */
    Map<String, String> exporters() {
        return exporters;
    }

    /** Counts the revisions that were judged by. */
    long number() {
        return number;
    }

    /** Number of the revision since which a link means what it means. */
    long since(DeclaredLink link) {
        return links.get(link.name()).since();
    }

    void take(Roster now) {
        if (now == roster) {
            return;
        }
        roster = now;
        exporters = now.exporters();
        if (Objects.equals(now.revision(), revision)) {
            return;
        }
        revision = now.revision();
        number++;
        var before = new TreeMap<>(links);
        links.clear();
        for (DeclaredLink link : now.links()) {
            Declared old = before.get(link.name());
            int mark = link.mark();
            boolean same = old != null && old.mark() == mark;
            links.put(link.name(), same ? old : new Declared(mark, number));
        }
        memory.put(KEY, Fields.write(this::write));
    }

    private void write(DataOutputStream out) throws IOException {
        Fields.writeText(out, revision);
        out.writeLong(number);
        out.writeInt(links.size());
        for (var entry : links.entrySet()) {
            out.writeUTF(entry.getKey());
            out.writeInt(entry.getValue().mark());
            out.writeLong(entry.getValue().since());
        }
    }

    private void read(DataInputStream in) throws IOException {
        revision = Fields.readText(in);
        number = in.readLong();
        int size = in.readInt();
        for (int i = 0; i < size; i++) {
            links.put(in.readUTF(), new Declared(in.readInt(), in.readLong()));
        }
    }
}
