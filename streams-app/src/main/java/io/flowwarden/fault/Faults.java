package io.flowwarden.fault;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong in one file, so that its author hears all of it at once. */
public final class Faults {
    /** A file that is wrong all over is not listed to its end. */
    static final int KEPT = 1_000;

    private final String file;
    private final List<Fault> found = new ArrayList<>();
    private int dropped;

    public Faults(String file) {
        this.file = file;
    }

    public void add(int line, String key, String value, String reason) {
        add(line, key, value, reason, null);
    }

    public void add(int line, String key, String value, String reason, String nearest) {
        if (found.size() < KEPT) {
            found.add(new Fault(file, line, key, value, reason, nearest));
        } else {
            dropped++;
        }
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    /** In the order of the file. */
    public List<Fault> list() {
        var sorted = new ArrayList<>(found);
        sorted.sort(Comparator.comparingInt(Fault::line));
        if (dropped > 0) {
            sorted.add(new Fault(file, 0, "", "", "and " + dropped + " more faults", null));
        }
        return sorted;
    }

    /**
     * Ends the reading of a faulty file.
     *
     * @throws FaultyInput if anything was added
     */
    public void refuse() {
        if (!isEmpty()) {
            throw new FaultyInput(list());
        }
    }
}
