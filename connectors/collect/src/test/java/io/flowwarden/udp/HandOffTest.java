package io.flowwarden.udp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flowwarden.raw.RawFormat;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

final class HandOffTest {
    @Test
    void bytesThatWaitAreBoundedWhateverTheirNumber() throws Exception {
        var handOff = new HandOff(100_000);
        assertTrue(handOff.offer(datagram(60_000)));
        assertFalse(handOff.offer(datagram(60_000)));
        assertTrue(handOff.offer(datagram(20)));
        var batch = new ArrayList<Datagram>();
        assertEquals(2, handOff.take(batch, 10, 0));
        assertEquals(60_000, batch.get(0).bytes().length);
        assertTrue(handOff.offer(datagram(99_000)));
    }

    @Test
    void whatIsTakenIsNeverMoreThanAskedFor() throws Exception {
        var handOff = new HandOff(100_000);
        for (int i = 0; i < 5; i++) {
            handOff.offer(datagram(i));
        }
        var batch = new ArrayList<Datagram>();
        assertEquals(3, handOff.take(batch, 3, 0));
        assertEquals(2, handOff.take(batch, 3, 0));
        assertEquals(0, handOff.take(batch, 3, 0));
        for (int i = 0; i < 5; i++) {
            assertEquals(i, batch.get(i).bytes().length);
        }
    }

    private static Datagram datagram(int length) {
        return new Datagram("10.0.0.1", RawFormat.NETFLOW, 0, new byte[length]);
    }
}
