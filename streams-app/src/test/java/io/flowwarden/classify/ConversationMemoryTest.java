package io.flowwarden.classify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flowwarden.flow.FlowColumn;
import io.flowwarden.net.Address;
import io.flowwarden.schemas.JudgedFlow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ConversationMemoryTest {
    /** The judge's store: what is not committed is gone after a crash. */
    private static final class Store implements ConversationMemory.Buckets {
        private final Map<String, byte[]> committed = new HashMap<>();
        private final Map<String, byte[]> open = new HashMap<>();
        private int gets;
        private int puts;

        @Override
        public byte[] get(String source, int bucket) {
            gets++;
            String key = source + "#" + bucket;
            return open.getOrDefault(key, committed.get(key));
        }

        @Override
        public void put(String source, int bucket, byte[] value) {
            puts++;
            open.put(source + "#" + bucket, value);
        }

        @Override
        public boolean delete(String source, int bucket) {
            boolean was = get(source, bucket) != null;
            open.put(source + "#" + bucket, null);
            return was;
        }

        void commit() {
            committed.putAll(open);
            open.clear();
        }

        void abort() {
            open.clear();
        }
    }

    @Test
    void batchWithNothingNewPutsNothing() {
        var store = new Store();
        var scene = scene(store);
        scene.flow("10.0.0.1", 7001, "10.0.0.2", 7002, "tcp").with(FlowColumn.TCP_FLAGS, 2);
        scene.judge();
        assertEquals(1, store.puts);
        int gets = store.gets;
        scene.flow("10.0.0.1", 7001, "10.0.0.2", 7002, "tcp").with(FlowColumn.TCP_FLAGS, 2);
        scene.flow("10.0.0.2", 7002, "10.0.0.1", 7001, "tcp");
        scene.flow("10.0.0.3", 7002, "10.0.0.1", 7001, "tcp");
        scene.judge();
        assertEquals(1, store.puts);
        assertEquals(gets, store.gets);
    }

    @Test
    void allThatIsNewInABatchIsOnePut() {
        var store = new Store();
        var scene = scene(store);
        for (int i = 0; i < 24; i++) {
            scene.flow("10.0.0.1", 7001 + i, "10.0.0.2", 7002, "tcp").with(FlowColumn.TCP_FLAGS, 2);
        }
        scene.judge();
        assertEquals(1, store.puts);
    }

    @Test
    void oldestConversationsGoFirstAndMemoryIsBounded() {
        var store = new Store();
        var scene = scene(store);
        int kept = 65_536;
        for (int i = 0; i < kept + 1; i++) {
            scene.flow(host(i), 7001, "11.0.0.1", 7002, "tcp").with(FlowColumn.TCP_FLAGS, 2);
            if (i % 1000 == 0) {
                scene.judge();
            }
        }
        scene.judge();
        assertEquals(null, ask(scene, 0).getOrientedBy());
        assertEquals("memory", ask(scene, 256).getOrientedBy(), "the segment after the oldest");
        assertEquals("memory", ask(scene, kept).getOrientedBy());
        store.commit();
        long bytes = store.committed.values().stream().mapToLong(b -> b.length).sum();
        assertTrue(bytes < kept * 9L, bytes + " bytes");
    }

    /** However many sources there are, what heap cannot hold is read back when it is needed. */
    @Test
    void sourcesThatHeapCannotHoldAreReadBack() {
        var store = new Store();
        var scene = scene(store);
        int sources = 40;
        for (int s = 0; s < sources; s++) {
            scene.from("netflow/10.9.0." + s + "/0");
            for (int i = 0; i < 65_536; i++) {
                scene.flow(host(i), 7001, "11.0.0.1", 7002, "tcp").with(FlowColumn.TCP_FLAGS, 2);
            }
            scene.judge();
        }
        int gets = store.gets;
        for (int s = 0; s < sources; s++) {
            scene.from("netflow/10.9.0." + s + "/0");
            assertEquals("memory", ask(scene, 65_535).getOrientedBy());
        }
        assertTrue(store.gets > gets, "some were dropped from heap");
    }

    /** Sources are small when they come up and grow later. */
    @Test
    void sourcesThatOutgrowHeapTogetherAreDroppedToo() {
        var store = new Store();
        var scene = scene(store);
        int sources = 40;
        for (int step = 0; step < 8; step++) {
            for (int s = 0; s < sources; s++) {
                scene.from("netflow/10.9.0." + s + "/0");
                for (int i = 0; i < 8_192; i++) {
                    int host = step * 8_192 + i;
                    scene.flow(host(host), 7001, "11.0.0.1", 7002, "tcp");
                    scene.with(FlowColumn.TCP_FLAGS, 2);
                }
                scene.judge();
            }
        }
        assertTrue(scene.memory.heapEntries() <= 2_000_000, scene.memory.heapEntries() + "");
    }

    /**
     * Two classifiers see the same batches. One of them crashes now and then: its transaction is
     * aborted, its heap forgotten, and the batches since the last commit are judged again.
     */
    @Test
    void crashChangesNoVerdict() {
        for (int round = 0; round < 100; round++) {
            var random = new Random(round);
            var calm = scene(new Store());
            var store = new Store();
            var crashing = scene(store);
            List<Long> seeds = new ArrayList<>();
            List<List<JudgedFlow>> expected = new ArrayList<>();
            for (int b = 0; b < 40; b++) {
                seeds.add(random.nextLong());
                expected.add(judgeAll(calm, seeds.get(b)));
            }
            int done = 0;
            int committed = 0;
            int crashes = 8;
            while (done < seeds.size()) {
                assertEquals(expected.get(done), judgeAll(crashing, seeds.get(done)));
                done++;
                if (random.nextInt(4) == 0) {
                    store.commit();
                    committed = done;
                } else if (random.nextInt(4) == 0 && crashes-- > 0) {
                    store.abort();
                    crashing.memory.forget();
                    done = committed;
                }
            }
        }
    }

    private static List<JudgedFlow> judgeAll(Scene scene, long seed) {
        var random = new Random(seed);
        scene.from("netflow/10.1.255." + random.nextInt(3) + "/0");
        int rows = 1 + random.nextInt(10);
        for (int i = 0; i < rows; i++) {
            String src = "10.1.0." + random.nextInt(4);
            String dst = "10.1.0." + random.nextInt(4);
            int port = random.nextInt(5) == 0 ? 135 : 7001 + random.nextInt(2);
            scene.flow(src, 7001 + random.nextInt(2), dst, port, "tcp");
            scene.with(FlowColumn.TCP_FLAGS, random.nextInt(3) == 0 ? 2 : 27);
            scene.at(0, random.nextInt(8000));
        }
        scene.judge();
        List<JudgedFlow> judged = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            judged.add(JudgedFlows.of(scene.judged, row, scene.verdicts));
        }
        return judged;
    }

    private static Scene scene(Store store) {
        var scene =
                new Scene()
                        .endpoint("all", "10.1.0.0/24", "vcenter-server")
                        .rule("135/tcp vcenter-server > vcenter-server")
                        .rule("1025-65535/tcp vcenter-server > vcenter-server", "dynamic");
        scene.memory = new ConversationMemory(store);
        return scene;
    }

    private static JudgedFlow ask(Scene scene, int host) {
        return scene.flow(host(host), 7001, "11.0.0.1", 7002, "tcp").judge();
    }

    private static String host(int i) {
        return Address.text(0, Address.v4(10 << 24 | i + 1));
    }
}
