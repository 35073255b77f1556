package io.flowwarden.schemas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.Test;

class StoredRecordsTest {
    private final StoredRecords<Talk> talks = new StoredRecords<>(Talk.class);
    private final Talk talk =
            new Talk(
                    "10.1.0.1",
                    "10.2.0.2",
                    443,
                    "tcp",
                    "a",
                    null,
                    null,
                    "b",
                    List.of("x"),
                    List.of());

    @Test
    void whatWasWrittenIsReadBack() {
        assertEquals(talk, talks.read(talks.write(talk)));
    }

    @Test
    void whatAnotherSchemaWroteIsNotRead() {
        assertNull(new StoredRecords<>(Site.class).read(talks.write(talk)));
        assertNull(talks.read(talks.write(talk).limit(12)));
    }
}
