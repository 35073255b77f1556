package io.flowwarden.books;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class BooksTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Ledger ledger = new Ledger(meters);

    @Test
    void sumsSurviveTheStore() {
        Books books = Books.restored(null);
        books.account("raw").add(3_000_000_000L);
        books.account("rejected", "reason", "TRUNCATED").increment();
        books.account("ticks");
        Books again = Books.restored(books.encode());
        assertEquals(3_000_000_000L, again.account("raw").value());
        assertEquals(1, again.account("rejected", "reason", "TRUNCATED").value());
        assertEquals(0, again.account("ticks").value());
        assertArrayEquals(books.encode(), again.encode());
    }

    @Test
    void moreAccountsThanTheBufferHolds() {
        Books books = Books.restored(null);
        for (int i = 0; i < 500; i++) {
            books.account("a", "n", Integer.toString(i)).add(i + 1);
        }
        Books again = Books.restored(books.encode());
        for (int i = 0; i < 500; i++) {
            assertEquals(i + 1, again.account("a", "n", Integer.toString(i)).value());
        }
    }

    @Test
    void metersAreSumsOverTheTasks() {
        Books first = ledger.open("0_0", null);
        Books second = ledger.open("0_1", null);
        first.account("rejected", "reason", "EMPTY").add(2);
        second.account("rejected", "reason", "EMPTY").add(3);
        ledger.meter(first);
        ledger.meter(second);
        assertEquals(
                5,
                meters.get("flowwarden.rejected").tag("reason", "EMPTY").functionCounter().count());

        // The task moves away, and comes back with what it has counted.
        byte[] stored = second.encode();
        ledger.close("0_1", second);
        assertEquals(2, ledger.sum(new AccountName("rejected", "reason", "EMPTY")));
        assertThrows(IllegalStateException.class, () -> ledger.of("0_1"));
        ledger.open("0_1", stored);
        assertEquals(5, ledger.sum(new AccountName("rejected", "reason", "EMPTY")));
    }

    @Test
    void aLateCloseLeavesReopenedBooksAlone() {
        Books before = ledger.open("0_0", null);
        Books after = ledger.open("0_0", null);
        ledger.close("0_0", before);
        assertEquals(after, ledger.of("0_0"));
    }
}
