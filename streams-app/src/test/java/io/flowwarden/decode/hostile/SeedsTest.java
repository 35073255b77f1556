package io.flowwarden.decode.hostile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flowwarden.decode.ExportBytes;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Input of every format, cut at every byte and changed at random. */
class SeedsTest {
    private static final Path CORPUS =
            Path.of("src/test/resources/io/flowwarden/decode/hostile/DecoderFuzzTestInputs");

    private static Stream<String> targets() {
        return Seeds.all().keySet().stream();
    }

    private static List<byte[]> inputs(String target) throws IOException {
        var inputs = new ArrayList<byte[]>(Seeds.all().get(target).values());
        File[] files = CORPUS.resolve(target).toFile().listFiles();
        Arrays.sort(files);
        for (File file : files) {
            if (!file.getName().startsWith("seed-")) {
                inputs.add(Files.readAllBytes(file.toPath()));
            }
        }
        return inputs;
    }

    /** {@code -Dflowwarden.update=true} writes them. */
    @ParameterizedTest
    @MethodSource("targets")
    void everySeedLiesInTheCorpus(String target) throws IOException {
        for (var seed : Seeds.all().get(target).entrySet()) {
            Path file = CORPUS.resolve(target).resolve("seed-" + seed.getKey());
            if (Boolean.getBoolean("flowwarden.update")) {
                Files.createDirectories(file.getParent());
                Files.write(file, seed.getValue());
            }
            assertArrayEquals(seed.getValue(), Files.readAllBytes(file), file::toString);
        }
    }

    @ParameterizedTest
    @MethodSource("targets")
    void cutAtEveryByteEveryInputHasAnAnswer(String target) throws IOException {
        for (byte[] input : inputs(target)) {
            for (byte[] cut : ExportBytes.prefixes(input)) {
                Targets.run(target, cut);
            }
            Targets.run(target, input);
        }
    }

    @ParameterizedTest
    @MethodSource("targets")
    void changedAtRandomEveryInputHasAnAnswer(String target) throws IOException {
        var random = new Random(20261121);
        List<byte[]> inputs = inputs(target);
        for (int i = 0; i < (target.equals("files") ? 500 : 2_000); i++) {
            byte[] changed = inputs.get(random.nextInt(inputs.size())).clone();
            for (int c = random.nextInt(6); c >= 0 && changed.length > 0; c--) {
                int at = random.nextInt(changed.length);
                changed[at] =
                        (byte)
                                switch (random.nextInt(4)) {
                                    case 0 -> random.nextInt(256);
                                    case 1 -> 0;
                                    case 2 -> 255;
                                    default -> changed[at] ^ 1 << random.nextInt(8);
                                };
            }
            if (random.nextInt(4) == 0) {
                changed = Arrays.copyOf(changed, random.nextInt(2 * changed.length + 1));
            }
            Targets.run(target, changed);
        }
    }

    @ParameterizedTest
    @MethodSource("targets")
    void corpusIsSmall(String target) throws IOException {
        long bytes = 0;
        for (byte[] input : inputs(target)) {
            bytes += input.length;
        }
        assertTrue(bytes < 1 << 17, target + ": " + bytes + " bytes");
    }
}
