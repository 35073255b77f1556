package io.flowwarden.connect.objects;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The oldest of all objects that wait to be read, however many a store lists: a listing is in the
 * order of names, reading is in the order of time, and only so many fit the memory.
 */
final class Candidates {
    /**
     * An object that waits.
     *
     * @param bucket of its key
     */
    record Candidate(StoredObject object, long hash, int bucket) {
        static final Comparator<Candidate> BY_AGE =
                (a, b) -> Mark.compare(a.object.modified(), a.hash, b.object.modified(), b.hash);
    }

    private final int most;
    private final PriorityQueue<Candidate> newestFirst =
            new PriorityQueue<>(Candidate.BY_AGE.reversed());
    private boolean complete = true;

    Candidates(int most) {
        this.most = most;
    }

    void add(Candidate candidate) {
        newestFirst.add(candidate);
        if (newestFirst.size() > most) {
            newestFirst.remove();
            complete = false;
        }
    }

    /** Whether these are all that wait. */
    boolean complete() {
        return complete;
    }

    /** Oldest first. */
    List<Candidate> inOrder() {
        var all = new ArrayList<>(newestFirst);
        all.sort(Candidate.BY_AGE);
        return all;
    }
}
