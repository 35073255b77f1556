package io.flowwarden.books;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The books of all tasks that run here. One per topology instance; its meters are sums over the
 * tasks, and move to another instance together with the task.
 */
public final class Ledger {
    private final Map<String, Books> byTask = new ConcurrentHashMap<>();
    private final Set<AccountName> metered = ConcurrentHashMap.newKeySet();
    private final MeterRegistry meters;

    public Ledger(MeterRegistry meters) {
        this.meters = meters;
    }

    /** A task starts, or starts again, on what its store holds. */
    public Books open(String task, byte[] stored) {
        Books books = Books.restored(stored);
        byTask.put(task, books);
        return books;
    }

    /** The books that {@link #open} opened for the task. */
    public Books of(String task) {
        Books books = byTask.get(task);
        if (books == null) {
            throw new IllegalStateException("the books of task " + task + " are not open");
        }
        return books;
    }

    /** The task leaves; whoever opened its books again in the meantime keeps them. */
    public void close(String task, Books books) {
        byTask.remove(task, books);
    }

    /** Meters what the books have begun to count since last time. */
    public void meter(Books books) {
        if (books.grown()) {
            for (Account account : books.accounts()) {
                if (metered.add(account.name())) {
                    meter(account.name());
                }
            }
        }
    }

    private void meter(AccountName name) {
        var counter =
                FunctionCounter.builder(
                                "flowwarden." + name.counted(), this, ledger -> ledger.sum(name))
                        .description("See the identities in streams-app/README.md");
        if (name.label() != null) {
            counter.tag(name.label(), name.value());
        }
        counter.register(meters);
    }

    /** Sum over the tasks, 0 where nobody counts it. */
    public long sum(AccountName name) {
        long sum = 0;
        for (Books books : byTask.values()) {
            sum += books.value(name);
        }
        return sum;
    }

    /** All sums, by name. */
    public SortedMap<AccountName, Long> sums() {
        var sums = new TreeMap<AccountName, Long>();
        byTask.values()
                .forEach(
                        books ->
                                books.accounts()
                                        .forEach(
                                                account ->
                                                        sums.merge(
                                                                account.name(),
                                                                account.value(),
                                                                Long::sum)));
        return sums;
    }
}
