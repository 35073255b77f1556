package io.flowwarden.fault;

import java.util.Collection;
import java.util.Locale;

/** The known name that somebody probably meant. */
public final class Nearest {
    private static final int SHORTEST_STEM = 3;

    private Nearest() {}

    /**
     * The name fewest edits away, if these are few for the length of the word; else the shortest of
     * which the word is the beginning ({@code vcenter} for {@code vcenter-server}).
     *
     * @return one of the names, the first in their order where several are as near, or null
     */
    public static String to(String word, Collection<String> names) {
        String lower = word.toLowerCase(Locale.ROOT);
        String best = null;
        // One letter is an edit away from every other.
        int bestEdits = word.length() < 2 ? 1 : Math.max(1, word.length() / 3) + 1;
        for (String name : names) {
            if (Math.abs(name.length() - word.length()) >= bestEdits) {
                continue;
            }
            int edits = edits(lower, name.toLowerCase(Locale.ROOT));
            if (edits < bestEdits) {
                best = name;
                bestEdits = edits;
            }
        }
        return best != null ? best : stem(lower, names);
    }

    private static String stem(String word, Collection<String> names) {
        if (word.length() < SHORTEST_STEM) {
            return null;
        }
        String best = null;
        for (String name : names) {
            if (name.toLowerCase(Locale.ROOT).startsWith(word)
                    && (best == null || name.length() < best.length())) {
                best = name;
            }
        }
        return best;
    }

    /** Optimal string alignment distance: insert, delete, replace, swap neighbours. */
    static int edits(String a, String b) {
        int[] twoBack = new int[b.length() + 1];
        int[] back = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            back[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(back[j - 1] + change, Math.min(back[j], row[j - 1]) + 1);
                if (i > 1
                        && j > 1
                        && a.charAt(i - 1) == b.charAt(j - 2)
                        && a.charAt(i - 2) == b.charAt(j - 1)) {
                    row[j] = Math.min(row[j], twoBack[j - 2] + 1);
                }
            }
            int[] free = twoBack;
            twoBack = back;
            back = row;
            row = free;
        }
        return back[b.length()];
    }
}
