package io.flowwarden.yaml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flowwarden.fault.Faults;
import io.flowwarden.fault.FaultyInput;
import org.junit.jupiter.api.Test;

class YamlFileTest {
    @Test
    void anEmptyFileIsSaidToBeEmpty() {
        assertEquals("f: the file is empty", refusal(""));
        assertEquals("f: the file is empty", refusal("# nothing\n\n"));
    }

    @Test
    void brokenYamlIsToldWithItsLine() {
        assertTrue(
                refusal("a: 1\nb: [1\nc: 2").startsWith("f:3: not YAML: "), refusal("a: [1\nb: 2"));
        assertTrue(refusal("a: 'x").startsWith("f:1: not YAML: "));
        assertTrue(refusal("a: 1\n\tb: 2").startsWith("f:2: not YAML: "));
    }

    @Test
    void whatMayBeASecretIsNotToldAgain() {
        for (String value :
                new String[] {"*s3cret", "!s3cret!x y", "'s3cret", "@s3cret", "%s3cret"}) {
            String refusal = refusal("a: 1\npassword: " + value);
            assertTrue(refusal.startsWith("f:2: not YAML: "), refusal);
            assertFalse(refusal.contains("s3cret"), refusal);
        }
    }

    @Test
    void twoDocumentsAreOneTooMany() {
        assertTrue(refusal("a: 1\n---\nb: 2").contains("not YAML: "), refusal("a: 1\n---\nb: 2"));
    }

    @Test
    void charactersThatNoFileHolds() {
        assertEquals(
                "f:2: 'U+0007': not YAML: this character is not allowed in a file",
                refusal("a: 1\nb: \u0007"));
    }

    @Test
    void deepNestingIsRefusedBeforeItHurts() {
        assertEquals("f:1: not YAML: nested deeper than 50", refusal("[".repeat(100_000)).strip());
        var mappings = new StringBuilder();
        for (int i = 0; i < 60; i++) {
            mappings.append(" ".repeat(i)).append("a:\n");
        }
        assertEquals("f:51: not YAML: nested deeper than 50", refusal(mappings.toString()).strip());
    }

    @Test
    void aFileThatMultipliesItselfIsRefused() {
        var laughs = new StringBuilder("a0: &a0 [x]\n");
        for (int i = 1; i < 10; i++) {
            laughs.append("a").append(i).append(": &a").append(i).append(" [");
            laughs.append(("*a" + (i - 1) + ",").repeat(9)).append("]\n");
        }
        assertTrue(refusal(laughs.toString()).contains("aliases"), refusal(laughs.toString()));
    }

    @Test
    void aListThatHoldsItselfEnds() {
        var faults = new Faults("f");
        YamlValue value = YamlFile.read("&a [*a, x]".getBytes(UTF_8), faults);
        value.items().get(0).text();
        assertThrows(FaultyInput.class, faults::refuse);
    }

    @Test
    void tagsMeanNothing() {
        var faults = new Faults("f");
        YamlMap map = YamlFile.read("a: !!java.net.URL x".getBytes(UTF_8), faults).map("a");
        assertEquals("x", map.requireText("a"));
        assertTrue(faults.isEmpty());
    }

    @Test
    void linesCountFromOne() {
        YamlMap map = YamlFile.read("\na:\n  b".getBytes(UTF_8), new Faults("f")).map("a");
        assertEquals(2, map.line());
        assertEquals(3, map.get("a").line());
    }

    private static String refusal(String text) {
        return assertThrows(
                        FaultyInput.class,
                        () -> YamlFile.read(text.getBytes(UTF_8), new Faults("f")))
                .getMessage();
    }
}
