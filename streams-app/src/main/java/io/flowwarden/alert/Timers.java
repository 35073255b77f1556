package io.flowwarden.alert;

import java.util.ArrayList;
import java.util.function.BiConsumer;

/**
 * What is due at a tick time. A timer that is no longer wanted finds so itself when it is due:
 * nothing is ever looked up to be cancelled.
 */
final class Timers {
    private static final String PREFIX = "t/";
    private static final String END = PREFIX + "~";
    private static final int HEX = 16;
    private static final int AT_ONCE = 1000;

    private final SettleMemory memory;

    /** When the first is due, or earlier. */
    private long next;

    Timers(SettleMemory memory) {
        this.memory = memory;
        next = first();
    }

    void set(long due, String what) {
        memory.put(PREFIX + hex(due) + what, new byte[1]);
        next = Math.min(next, due);
    }

    /** Runs and removes all that are due at or before this time, oldest first. */
    void run(long now, BiConsumer<Long, String> each) {
        while (next <= now) {
            var due = new ArrayList<String>();
            memory.range(
                    PREFIX,
                    END,
                    (key, value) -> {
                        boolean wanted = at(key) <= now && due.size() < AT_ONCE;
                        if (wanted) {
                            due.add(key);
                        }
                        return wanted;
                    });
            for (String key : due) {
                memory.delete(key);
                each.accept(at(key), key.substring(PREFIX.length() + HEX));
            }
            next = first();
        }
    }

    private long first() {
        var first = new long[] {Long.MAX_VALUE};
        memory.range(
                PREFIX,
                END,
                (key, value) -> {
                    first[0] = at(key);
                    return false;
                });
        return first[0];
    }

    private static long at(String key) {
        return Long.parseLong(key, PREFIX.length(), PREFIX.length() + HEX, 16);
    }

    private static String hex(long due) {
        return "%016x".formatted(Math.max(0, due));
    }
}
