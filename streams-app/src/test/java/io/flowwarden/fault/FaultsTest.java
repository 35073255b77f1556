package io.flowwarden.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultsTest {
    @Test
    void faultsAreTold() {
        assertEquals(
                "f:7: k: 'v': r; did you mean 'n'?", new Fault("f", 7, "k", "v", "r", "n").text());
        assertEquals("f: r", new Fault("f", 0, "", "", "r", null).text());
    }

    @Test
    void whatAFileHoldsCannotMoveTheCursorOrFloodTheScreen() {
        String value = "\u001b[2J\n" + "x".repeat(500);
        String text = new Fault("f", 1, "k", value, "r", null).text();
        assertEquals("f:1: k: '\ufffd[2J\ufffd" + "x".repeat(75) + "...': r", text);
    }

    @Test
    void faultsComeInTheOrderOfTheFile() {
        var faults = new Faults("f");
        faults.add(9, "b", "", "r");
        faults.add(2, "a", "", "r");
        faults.add(9, "a", "", "r");
        assertEquals(List.of("a", "b", "a"), faults.list().stream().map(Fault::key).toList());
    }

    @Test
    void aFileThatIsWrongAllOverIsNotListedToItsEnd() {
        var faults = new Faults("f");
        for (int i = 0; i < Faults.KEPT + 5; i++) {
            faults.add(i + 1, "k", "", "r");
        }
        List<Fault> list = faults.list();
        assertEquals(Faults.KEPT + 1, list.size());
        assertEquals("f: and 5 more faults", list.get(Faults.KEPT).text());
    }

    @Test
    void noFaultsRefuseNothing() {
        var faults = new Faults("f");
        faults.refuse();
        faults.add(1, "k", "", "r");
        assertThrows(FaultyInput.class, faults::refuse);
    }

    @Test
    void whatIsNotAFileIsSaidToBeNone(@TempDir Path folder) {
        var missing = assertThrows(FaultyInput.class, () -> TextFile.bytes(folder.resolve("none")));
        assertTrue(missing.getMessage().endsWith("none: no such file"), missing.getMessage());
        var directory = assertThrows(FaultyInput.class, () -> TextFile.bytes(folder));
        assertTrue(directory.getMessage().endsWith(": is a directory"), directory.getMessage());
    }

    @Test
    void textIsUtf8WithoutItsMark() {
        byte[] marked = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf, 'a'};
        assertEquals("a", TextFile.text(marked, new Faults("f")));
        byte[] latin = {'a', '\n', (byte) 0xe9, 'b'};
        var refused = assertThrows(FaultyInput.class, () -> TextFile.text(latin, new Faults("f")));
        assertEquals("f:2: not UTF-8 text", refused.getMessage());
    }
}
