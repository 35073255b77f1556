package io.flowwarden.connect.objects;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.Test;

class DoneSetTest {
    private final DoneSet set = new DoneSet(1000, 3);

    @Test
    void aNameThatWasWrittenOverIsReadAnewWhereNothingGrows() {
        set.read(object("a", 10, "e1", 2000), 10, true);
        assertEquals(DoneSet.DONE, set.from(object("a", 10, "e1", 2000), false));
        assertEquals(0, set.from(object("a", 20, "e2", 3000), false));
        assertEquals(10, set.from(object("a", 20, "e2", 3000), true));
        assertEquals(0, set.from(object("a", 5, "e2", 3000), true), "shorter: another content");
    }

    @Test
    void anObjectThatCouldNotBeReadIsNotTakenForOldWhenOthersOvertakeIt() {
        set.read(object("locked", 10, "e1", 2000), 0, false);
        set.read(object("b", 10, "e2", 3000), 10, true);
        set.raise(4000);
        assertEquals(0, set.from(object("locked", 10, "e1", 2000), false));
        assertEquals(DoneSet.TOO_OLD, set.from(object("b", 10, "e2", 3000), false));
    }

    @Test
    void whatIsGivenUpForRoomIsCounted() {
        assertEquals(0, set.read(object("locked", 10, "e1", 2000), 0, false));
        assertEquals(0, set.read(object("b", 10, "e", 2001), 1, true));
        assertEquals(0, set.read(object("c", 10, "e", 2002), 1, true));
        assertEquals(1, set.read(object("d", 10, "e", 2003), 1, true));
        assertEquals(DoneSet.TOO_OLD, set.from(object("locked", 10, "e1", 2000), false));
    }

    @Test
    void anOffsetThatIsNoneIsRefusedBeforeConnectKeepsIt() {
        set.read(object("a", 10, "e1", 2000), 10, true);
        var source = new Source();
        Map<String, ?> partition = Bucket.partition("s3://b", 1);
        assertTrue(source.alterOffsets(Map.of(), offsets(partition, set.offset())));
        assertTrue(source.alterOffsets(Map.of(), offsets(partition, null)));
        refused(source, offsets(Map.of("file", "x"), set.offset()));
        refused(source, offsets(partition, Map.of("position", 1)));
        var wrong = new HashMap<String, Object>(set.offset());
        wrong.put("marks", "abc");
        refused(source, offsets(partition, wrong));
    }

    private static Map<Map<String, ?>, Map<String, ?>> offsets(
            Map<String, ?> partition, Map<String, ?> offset) {
        var offsets = new HashMap<Map<String, ?>, Map<String, ?>>();
        offsets.put(partition, offset);
        return offsets;
    }

    private static void refused(Source source, Map<Map<String, ?>, Map<String, ?>> offsets) {
        assertThrows(ConnectException.class, () -> source.alterOffsets(Map.of(), offsets));
    }

    private static StoredObject object(String key, long size, String etag, long modified) {
        return new StoredObject(key, size, etag, modified);
    }
}
