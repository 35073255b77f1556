package io.flowwarden.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RateSearchTest {
    @Test
    void theLimitIsFoundWithinFivePercentFromBelow() throws IOException {
        var random = new Random(1);
        for (int i = 0; i < 1_000; i++) {
            int limit = 1_000 + random.nextInt(99_000);
            int found = RateSearch.highest(1_000, 100_000, rate -> rate <= limit);
            assertTrue(found <= limit && found * 1.06 > limit, found + " of " + limit);
        }
    }

    @Test
    void theEndsOfTheRangeAreAnswersToo() throws IOException {
        assertEquals(0, RateSearch.highest(1_000, 100_000, rate -> false));
        assertEquals(100_000, RateSearch.highest(1_000, 100_000, rate -> true));
    }
}
