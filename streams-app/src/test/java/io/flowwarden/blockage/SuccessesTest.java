package io.flowwarden.blockage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flowwarden.classify.Hash;
import io.flowwarden.detect.MapMemory;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SuccessesTest {
    private static final long NOON = 1_780_000_000_000L;
    private static final long HOUR = Successes.HOUR;

    @Test
    void knowsTheEndOfTheHourInWhichAConversationLastWorked() {
        var successes = new Successes(new MapMemory());
        long nine = Math.floorDiv(NOON, HOUR) * HOUR;
        assertNull(successes.last(hash(1)));
        successes.note(hash(1), nine);
        successes.note(hash(1), nine + 2 * HOUR - 1);
        successes.note(hash(1), nine + 60_000);
        assertEquals(nine + 2 * HOUR, successes.last(hash(1)));
        assertNull(successes.last(hash(2)));
    }

    @Test
    void anHourIsStoredOnce() {
        var memory = new MapMemory();
        var successes = new Successes(memory);
        successes.note(hash(1), NOON);
        successes.flush();
        int puts = memory.puts();
        successes.note(hash(1), NOON + 1);
        successes.note(hash(1), NOON - HOUR);
        successes.flush();
        assertEquals(puts, memory.puts());
    }

    @Test
    void almostAllOfAsManyAsThereIsRoomForAreKnownAndTheOldestGo() {
        int room = 50 * 64;
        var successes = new Successes(new MapMemory(), 50);
        for (int i = 0; i < 3 * room; i++) {
            successes.note(hash(i), NOON);
        }
        int known = 0;
        for (int i = 0; i < 3 * room; i++) {
            boolean here = successes.last(hash(i)) != null;
            known += here ? 1 : 0;
            assertTrue(!here || i >= 2 * room, "number " + i + " should have gone");
            assertTrue(here || i < 3 * room - room / 8, "number " + i + " went too early");
        }
        assertTrue(known > room * 0.9, known + " of " + room);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void aRestartAnywhereForgetsNothingAndInventsNothing(long seed) {
        var random = new Random(seed);
        var memory = new MapMemory();
        int segments = 1 + random.nextInt(5);
        var calm = new Successes(new MapMemory(), segments);
        var restarted = new Successes(memory, segments);
        int talks = 64 * segments * 2;
        for (int step = 0; step < 4_000; step++) {
            for (int n = random.nextInt(40); n > 0; n--) {
                long hash = hash(random.nextInt(talks));
                long at = NOON + step * HOUR / 200;
                calm.note(hash, at);
                restarted.note(hash, at);
            }
            calm.flush();
            restarted.flush();
            if (random.nextInt(10) == 0) {
                restarted = new Successes(memory, segments);
            }
            long asked = hash(random.nextInt(talks));
            assertEquals(calm.last(asked), restarted.last(asked));
        }
        for (int i = 0; i < talks; i++) {
            assertEquals(calm.last(hash(i)), restarted.last(hash(i)));
        }
    }

    private static long hash(int of) {
        return Hash.mix(of, 42);
    }
}
