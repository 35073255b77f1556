package io.flowwarden.judge;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

/** Who keeps a place when more sources are heard than there are places. */
class SourceRegisterTest {
    private static final int MOST = 8;

    private final KeyValueStore<String, byte[]> entries = newStore();
    private final JudgeStore store = new JudgeStore(entries);
    private SourceRegister register = new SourceRegister(store, MOST);

    private static KeyValueStore<String, byte[]> newStore() {
        var store =
                Stores.keyValueStoreBuilder(
                                Stores.inMemoryKeyValueStore(JudgeStore.NAME),
                                Serdes.String(),
                                Serdes.ByteArray())
                        .withLoggingDisabled()
                        .build();
        store.init(new MockProcessorContext<>().getStateStoreContext(), store);
        return store;
    }

    private List<String> keys() {
        var keys = new ArrayList<String>();
        try (var all = entries.all()) {
            all.forEachRemaining(entry -> keys.add(entry.key));
        }
        return keys;
    }

    @Test
    void theSourceNotHeardOfLongestIsForgottenWithAllThatIsKeptOfIt() {
        for (int i = 0; i < MOST; i++) {
            assertEquals(0, register.heard("s" + i));
        }
        store.put("s0", new byte[1]);
        store.put("s0", 0, new byte[1]);
        store.put("s0", 1, new byte[1]);
        store.put("s0", 256, new byte[1]);
        store.chunks("s0", new byte[1]);
        store.put("s00", new byte[1]);
        var told = new ArrayList<String>();
        register.whenForgotten(told::add);

        assertEquals(1, register.heard("new"));

        assertEquals(List.of("s0"), told);
        assertFalse(register.knows("s0"));
        assertTrue(keys().stream().noneMatch(key -> key.matches("./s0(/.*)?")), keys()::toString);
        assertArrayEquals(new byte[1], store.get("s00"));
    }

    @Test
    void whoeverIsHeardNowAndThenOutlastsAnyNumberOfOthers() {
        register.heard("known");
        store.put("known", new byte[] {7});
        for (int i = 0; i < 1_000; i++) {
            register.heard("spoofed" + i);
            if (i % (MOST / 2) == 0) {
                register.heard("known");
            }
            assertTrue(register.size() <= MOST);
        }
        assertTrue(register.knows("known"));
        assertArrayEquals(new byte[] {7}, store.get("known"));
        assertTrue(keys().size() <= MOST + 1, keys()::toString);
    }

    @Test
    void nothingIsWrittenWhileNoNewSourceIsHeard() {
        register.heard("a");
        register.heard("b");
        entries.delete("s/a");
        for (int i = 0; i < 1_000; i++) {
            register.heard("a");
            register.heard("b");
        }
        assertNull(entries.get("s/a"));
    }

    /** Else a crash would leave other templates behind than no crash. */
    @Test
    void aRegisterReadBackAtAnyMomentForgetsTheSameSourcesInTheSameOrder() {
        var random = new Random(7);
        var heard = new ArrayList<String>();
        for (int i = 0; i < 5_000; i++) {
            heard.add("s" + (int) Math.abs(random.nextGaussian() * 2 * MOST));
        }
        List<String> uninterrupted = forgotten(heard, 0);
        assertTrue(uninterrupted.size() > 500, () -> uninterrupted.size() + " forgotten");
        assertEquals(uninterrupted, forgotten(heard, 3));
        assertEquals(uninterrupted, forgotten(heard, 1));
    }

    private static List<String> forgotten(List<String> heard, int readBackEach) {
        var store = new JudgeStore(newStore());
        var register = new SourceRegister(store, MOST);
        var forgotten = new ArrayList<String>();
        register.whenForgotten(forgotten::add);
        for (int i = 0; i < heard.size(); i++) {
            if (readBackEach != 0 && i % readBackEach == 0) {
                register = new SourceRegister(store, MOST);
                register.whenForgotten(forgotten::add);
            }
            register.heard(heard.get(i));
        }
        return forgotten;
    }

    @Test
    void aSmallerBoundHoldsFromTheNextNewSourceOn() {
        for (int i = 0; i < MOST; i++) {
            register.heard("s" + i);
        }
        register = new SourceRegister(store, 3);
        assertEquals(MOST - 2, register.heard("new"));
        assertEquals(3, register.size());
        assertTrue(register.knows("new"));
    }
}
