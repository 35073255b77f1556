package io.flowwarden.books;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * One sum of the books. The task that owns it adds; meters read it from other threads, so a value
 * is never torn, but may be a moment old.
 */
public final class Account {
    private static final VarHandle VALUE;

    static {
        try {
            VALUE = MethodHandles.lookup().findVarHandle(Account.class, "value", long.class);
        } catch (ReflectiveOperationException never) {
            throw new ExceptionInInitializerError(never);
        }
    }

    private final AccountName name;
    private final byte[] encodedName;
    private long value;

    Account(AccountName name) {
        this.name = name;
        this.encodedName = name.encoded();
    }

    AccountName name() {
        return name;
    }

    byte[] encodedName() {
        return encodedName;
    }

    public void add(long amount) {
        VALUE.setOpaque(this, value + amount);
    }

    public void increment() {
        add(1);
    }

    public long value() {
        return (long) VALUE.getOpaque(this);
    }

    void set(long sum) {
        VALUE.setOpaque(this, sum);
    }
}
