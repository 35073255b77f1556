package io.flowwarden.bench;

import java.io.IOException;

/** Finds the highest rate that goes well: doubles until one does not, then halves the gap. */
final class RateSearch {
    /** Whether a rate goes well. */
    interface Attempt {
        boolean at(int rate) throws IOException;
    }

    private static final double CLOSE_ENOUGH = 1.05;

    private RateSearch() {}

    /**
     * @return the highest rate that went well, within 5 %; 0 if none did; {@code highest} if all
     *     did
     */
    static int highest(int lowest, int highest, Attempt attempt) throws IOException {
        int good = 0;
        int bad = 0;
        for (int rate = lowest; bad == 0 && good < highest; rate = Math.min(highest, rate * 2)) {
            if (attempt.at(rate)) {
                good = rate;
            } else {
                bad = rate;
            }
        }
        while (good > 0 && bad > good * CLOSE_ENOUGH) {
            int middle = (int) Math.sqrt((double) good * bad);
            if (attempt.at(middle)) {
                good = middle;
            } else {
                bad = middle;
            }
        }
        return good;
    }
}
