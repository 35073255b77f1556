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

    /** Key of the first that is due, or of one that was, or after all. */
    private String next;

    Timers(SettleMemory memory) {
        this.memory = memory;
        next = firstFrom(PREFIX);
    }

    void set(long due, String what) {
        String key = PREFIX + hex(due) + what;
        memory.put(key, new byte[1]);
        if (key.compareTo(next) < 0) {
            next = key;
        }
    }

    /**
     * Runs and removes all that are due at or before this time, oldest first, those that are set
     * meanwhile included: the strides in which time is told change nothing.
     */
    void run(long now, BiConsumer<Long, String> each) {
        while (!next.equals(END) && at(next) <= now) {
            var due = new ArrayList<String>();
            memory.range(
                    next,
                    END,
                    (key, value) -> {
                        boolean wanted = at(key) <= now;
                        if (wanted) {
                            due.add(key);
                        }
                        return wanted && due.size() < AT_ONCE;
                    });
            String after = next;
            next = END;
            for (String key : due) {
                if (next.compareTo(key) < 0) {
                    // One that was just set comes first.
                    break;
                }
                after = key;
                memory.delete(key);
                each.accept(at(key), key.substring(PREFIX.length() + HEX));
            }
            String found = firstFrom(after);
            next = found.compareTo(next) < 0 ? found : next;
        }
    }

    private String firstFrom(String from) {
        var first = new String[] {END};
        memory.range(
                from,
                END,
                (key, value) -> {
                    first[0] = key;
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
