package io.flowwarden.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NearestTest {
    private static final List<String> NAMES =
            List.of("esx-host", "esxi-host", "vcenter-server", "view-connection-server", "dns");

    @Test
    void fewestEditsWin() {
        assertEquals("esx-host", Nearest.to("esx-hots", NAMES));
        assertEquals("esxi-host", Nearest.to("ESXI-HOST", NAMES));
        assertEquals("vcenter-server", Nearest.to("vcentre-server", NAMES));
        assertEquals("dns", Nearest.to("dn", NAMES));
    }

    @Test
    void theBeginningOfANameIsEnough() {
        assertEquals("vcenter-server", Nearest.to("vcenter", NAMES));
        assertNull(Nearest.to("vi", NAMES));
    }

    @Test
    void whatIsFarFromAllIsNearToNone() {
        assertNull(Nearest.to("printer", NAMES));
        assertNull(Nearest.to("", NAMES));
        assertNull(Nearest.to("x", List.of("y")));
    }

    @Test
    void theFirstOfEquallyNearWins() {
        assertEquals("aab", Nearest.to("aaa", List.of("aab", "aac")));
    }

    @Test
    void editsAgreeWithTheRecursiveDefinition() {
        var random = new Random(5);
        for (int i = 0; i < 2_000; i++) {
            String a = word(random);
            String b = word(random);
            assertEquals(plain(a, b), Nearest.edits(a, b), () -> a + " " + b);
        }
    }

    private static String word(Random random) {
        var word = new StringBuilder();
        int length = random.nextInt(6);
        for (int i = 0; i < length; i++) {
            word.append((char) ('a' + random.nextInt(3)));
        }
        return word.toString();
    }

    private static int plain(String a, String b) {
        if (a.isEmpty() || b.isEmpty()) {
            return a.length() + b.length();
        }
        String shortA = a.substring(0, a.length() - 1);
        String shortB = b.substring(0, b.length() - 1);
        int same = a.endsWith(b.substring(b.length() - 1)) ? 0 : 1;
        int edits =
                Math.min(
                        plain(shortA, shortB) + same,
                        Math.min(plain(shortA, b), plain(a, shortB)) + 1);
        if (a.length() > 1 && b.length() > 1) {
            String endA = a.substring(a.length() - 2);
            String endB = b.substring(b.length() - 2);
            if (endA.equals(new StringBuilder(endB).reverse().toString())) {
                String restA = a.substring(0, a.length() - 2);
                String restB = b.substring(0, b.length() - 2);
                edits = Math.min(edits, plain(restA, restB) + 1);
            }
        }
        return edits;
    }
}
