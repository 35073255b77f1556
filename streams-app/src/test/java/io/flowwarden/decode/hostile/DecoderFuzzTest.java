package io.flowwarden.decode.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.flowwarden.raw.RawFormat;
import java.io.IOException;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Whatever the bytes are: no exception, an answer that adds up, bounded heap and time. Every build
 * runs the inputs beside this class; {@code ./fuzz} looks for new ones.
 */
class DecoderFuzzTest {
    @FuzzTest
    void netflow(byte[] input) throws IOException {
        Targets.run("netflow", input);
    }

    @FuzzTest
    void templates(byte[] input) throws IOException {
        Targets.run("templates", input);
    }

    @FuzzTest
    void sflow(byte[] input) throws IOException {
        Targets.run("sflow", input);
    }

    @FuzzTest
    void aws(byte[] input) throws IOException {
        Targets.run("aws", input);
    }

    @FuzzTest
    void azure(byte[] input) throws IOException {
        Targets.run("azure", input);
    }

    @FuzzTest
    void gcp(byte[] input) throws IOException {
        Targets.run("gcp", input);
    }

    @FuzzTest
    void headers(byte[] input) throws IOException {
        Targets.run("headers", input);
    }

    @FuzzTest
    void files(byte[] input) throws IOException {
        Targets.run("files", input);
    }

    @Test
    void everyFormatAndEverySeedHasATarget() {
        Set<String> targets =
                Arrays.stream(DecoderFuzzTest.class.getDeclaredMethods())
                        .filter(method -> method.isAnnotationPresent(FuzzTest.class))
                        .map(method -> method.getName())
                        .collect(Collectors.toSet());
        assertEquals(targets, Seeds.all().keySet());
        Set<String> formats =
                Arrays.stream(RawFormat.values())
                        .map(RawFormat::text)
                        // A tick has no content; Avro is read by the library that wrote it.
                        .filter(name -> !Set.of("tick", "avro").contains(name))
                        .filter(name -> !targets.contains(name))
                        .collect(Collectors.toSet());
        assertEquals(Set.of(), formats);
    }
}
