package io.flowwarden.udp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class TokenBucketTest {
    @Test
    void aSecondsWorthMayComeAtOnceAndNoMore() {
        var bucket = new TokenBucket(10, 0);
        for (int i = 0; i < 10; i++) {
            assertTrue(bucket.take(0));
        }
        assertFalse(bucket.take(0));
        assertFalse(bucket.take(99));
        assertTrue(bucket.take(100));
    }

    @Test
    void whatPassesInTheLongRunIsTheRate() {
        var random = new Random(3);
        var bucket = new TokenBucket(1000, 0);
        long now = 0;
        int passed = 0;
        while (now < 60_000) {
            now += random.nextInt(3) == 0 ? 1 : 0;
            passed += bucket.take(now) ? 1 : 0;
        }
        assertEquals(61_000, passed, 100);
    }

    @Test
    void aClockThatIsSetBackNeitherFillsNorBlocks() {
        var bucket = new TokenBucket(1, 1_000_000);
        assertTrue(bucket.take(1_000_000));
        assertFalse(bucket.take(0));
        assertFalse(bucket.take(999));
        assertTrue(bucket.take(1_000));
    }
}
