package io.flowwarden.connect.objects;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flowwarden.connect.objects.Candidates.Candidate;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * A store that changes, a reader that dies anywhere and goes on from what was committed with its
 * output: against the brute force, which remembers every line ever written.
 */
class RestartTest {
    private static final Instant START = Instant.parse("2026-11-20T00:00:00Z");
    private static final Duration WINDOW = Duration.ofHours(2);

    private final List<String> written = new ArrayList<>();
    private List<Chunk> committed = new ArrayList<>();
    private MemoryStore store;
    private Random random;
    private Instant now = START;
    private Doneness done;
    private int most;
    private int lines;

    @Test
    void everyLineComesOnceWhateverArrivesLateGrowsOrDies() throws Exception {
        for (int seed = 0; seed < 25; seed++) {
            begin(seed, true, 10_000);
            for (int round = 0; round < 40; round++) {
                change(3, 0.4);
                round();
            }
            settle(seed);
        }
    }

    @Test
    void aSetThatHoldsFewMarksLosesAndRepeatsNothingEither() throws Exception {
        for (int seed = 0; seed < 10; seed++) {
            begin(seed, false, 3);
            for (int round = 0; round < 40; round++) {
                change(12, 0);
                round();
                done.all().values().forEach(set -> assertTrue(set.size() <= 3));
            }
            settle(seed);
        }
    }

    @Test
    void whatLeavesTheWindowIsForgottenAndNotReadAgain() throws Exception {
        begin(1, true, 10_000);
        for (int round = 0; round < 100; round++) {
            change(3, 0);
            now = now.plusSeconds(300);
            finishRound();
            raise();
        }
        settle(1);
        int marks = done.all().values().stream().mapToInt(DoneSet::size).sum();
        assertTrue(marks < store.all().size() / 2, marks + " of " + store.all().size());
    }

    private void begin(int seed, boolean grows, int most) {
        random = new Random(seed);
        store = new MemoryStore(grows);
        written.clear();
        committed = new ArrayList<>();
        lines = 0;
        now = START;
        this.most = most;
        restart();
    }

    /** New objects under any name, early ones too, and more at the end of some. */
    private void change(int objects, double growth) {
        for (int i = random.nextInt(objects + 1); i > 0; i--) {
            now = now.plusSeconds(1 + random.nextInt(60));
            var all = store.all();
            boolean grow = random.nextDouble() < growth && !all.isEmpty();
            String key =
                    grow
                            ? all.get(random.nextInt(all.size())).key()
                            : "log-" + random.nextInt(4) + "/2026/11/" + random.nextInt(1 << 30);
            byte[] before = store.content(key);
            var content = new StringBuilder(before == null ? "" : new String(before, UTF_8));
            for (int n = random.nextInt(5); n >= 0; n--) {
                String line = "line " + lines++;
                content.append(line).append('\n');
                written.add(line);
            }
            store.put(key, content.toString().getBytes(UTF_8), now.toEpochMilli());
        }
        now = now.plusSeconds(1);
    }

    /** Lists and reads; half of the rounds die somewhere, with some output not committed. */
    private void round() throws IOException {
        if (random.nextBoolean()) {
            finishRound();
            return;
        }
        var output = new ArrayList<Chunk>();
        int dies = random.nextInt(20);
        try {
            read(
                    chunk -> {
                        if (output.size() == dies) {
                            throw new InterruptedException("dies here");
                        }
                        output.add(chunk);
                    });
        } catch (IOException died) {
            assertEquals("stopped", died.getMessage());
            assertTrue(Thread.interrupted());
        }
        committed.addAll(output.subList(0, random.nextInt(output.size() + 1)));
        restart();
    }

    private void finishRound() throws IOException {
        read(committed::add);
    }

    private void raise() {
        long floor = now.minus(WINDOW).toEpochMilli();
        done.all()
                .forEach(
                        (bucket, set) -> {
                            set.raise(floor);
                            committed.add(new Chunk(null, 0, bucket, set.offset()));
                        });
    }

    private void read(Reader.Out out) throws IOException {
        var counters = new Counters();
        var scan =
                new Scan(
                        store,
                        new Prefixes(List.of("")),
                        Pattern.compile(".*"),
                        Duration.ZERO,
                        done,
                        counters);
        var reader = new Reader(store, new LineLog(), done, counters, () -> now, out, () -> false);
        for (Candidate candidate : scan.list(now, () -> false).inOrder()) {
            reader.read(candidate);
        }
    }

    private void restart() {
        var offsets = new HashMap<Integer, Map<String, Object>>();
        for (int bucket = 0; bucket < Bucket.LANES * Bucket.PARTS; bucket++) {
            offsets.put(bucket, null);
        }
        committed.forEach(chunk -> offsets.put(chunk.bucket(), chunk.offset()));
        done = new Doneness(offsets, START.minus(WINDOW), most);
    }

    private void settle(int seed) throws IOException {
        finishRound();
        var read =
                committed.stream()
                        .filter(chunk -> chunk.raw() != null)
                        .map(chunk -> new String(chunk.raw().value(), UTF_8))
                        .sorted()
                        .toList();
        assertEquals(written.stream().sorted().toList(), read, "seed " + seed);
    }
}
