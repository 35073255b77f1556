package io.flowwarden.books;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What one task has counted since it first ran: cumulative sums that lie in the judge's store and
 * are put once per batch, inside its transaction, so neither a crash nor an aborted transaction
 * bends them.
 *
 * <p>They balance: {@code raw = decoded + rejected + ticks + repeats + misplaced} and {@code flows
 * = judged = sum over verdicts}.
 *
 * <p>The stored form names its accounts, so a version that counts something else reads the books of
 * its predecessor and leaves alone what it does not know.
 */
public final class Books {
    private final Map<AccountName, Account> accounts = new ConcurrentHashMap<>();
    private final CopyOnWriteArrayList<Account> inOrder = new CopyOnWriteArrayList<>();
    private int seen;
    private ByteBuffer buffer = ByteBuffer.allocate(512);

    /** Opens the books where they were left; empty ones for null. */
    public static Books restored(byte[] stored) {
        var books = new Books();
        if (stored != null) {
            var from = ByteBuffer.wrap(stored);
            while (from.hasRemaining()) {
                byte[] name = new byte[from.get() & 255];
                from.get(name);
                books.account(AccountName.parse(new String(name, UTF_8))).set(from.getLong());
            }
        }
        return books;
    }

    public Account account(String counted) {
        return account(AccountName.of(counted));
    }

    public Account account(String counted, String label, String value) {
        return account(new AccountName(counted, label, value));
    }

    Account account(AccountName name) {
        Account known = accounts.get(name);
        if (known == null) {
            known = new Account(name);
            accounts.put(name, known);
            inOrder.add(known);
        }
        return known;
    }

    /** Sum of an account; 0 for one that is not kept. Any thread may ask. */
    long value(AccountName name) {
        Account known = accounts.get(name);
        return known == null ? 0 : known.value();
    }

    /** Whether accounts were added since the last call. */
    boolean grown() {
        boolean grown = inOrder.size() > seen;
        seen = inOrder.size();
        return grown;
    }

    Collection<Account> accounts() {
        return inOrder;
    }

    /** The stored form; a name takes a byte of length, a value eight. */
    public byte[] encode() {
        buffer.clear();
        for (int i = 0; i < inOrder.size(); i++) {
            Account account = inOrder.get(i);
            long value = account.value();
            if (value != 0) {
                byte[] name = account.encodedName();
                reserve(1 + name.length + Long.BYTES);
                buffer.put((byte) name.length).put(name).putLong(value);
            }
        }
        byte[] stored = new byte[buffer.position()];
        buffer.get(0, stored);
        return stored;
    }

    private void reserve(int bytes) {
        if (buffer.remaining() < bytes) {
            buffer = ByteBuffer.allocate(buffer.capacity() * 2).put(buffer.flip());
        }
    }
}
