package io.flowwarden.alert;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/**
 * What is due at a tick time. A timer that is no longer wanted finds so itself when it is due:
 * nothing is ever looked up to be cancelled.
 */
final class Timers {
    private static final String PREFIX = "t/";
    private static final String LAST = "~";
    private static final int HEX = 16;

    private final SettleMemory memory;

    /**
     * When something is due, by what is stored: a range of a cached store costs as much as there
     * are entries in it, so only what is due is ever asked for.
     */
    private final TreeSet<Long> times = new TreeSet<>();

    Timers(SettleMemory memory) {
        this.memory = memory;
        memory.scan(
                PREFIX,
                (key, value) -> {
                    times.add(at(key));
                    return true;
                });
    }

    void set(long due, String what) {
        String key = PREFIX + hex(due) + what;
        memory.put(key, new byte[1]);
        times.add(at(key));
    }

    /**
     * Runs and removes all that are due at or before this time, oldest first, those that are set
     * meanwhile included: the strides in which time is told change nothing.
     */
    void run(long now, BiConsumer<Long, String> each) {
        while (!times.isEmpty() && times.first() <= now) {
            long at = times.pollFirst();
            List<String> due = at(at);
            for (int i = 0; i < due.size(); i++) {
                String key = due.get(i);
                memory.delete(key);
                each.accept(at, key.substring(PREFIX.length() + HEX));
                if (!times.isEmpty() && times.first() <= at) {
                    // One that was just set may come first.
                    times.add(at);
                    break;
                }
            }
        }
    }

    private List<String> at(long time) {
        var due = new ArrayList<String>();
        String from = PREFIX + hex(time);
        memory.range(
                from,
                from + LAST,
                (key, value) -> {
                    due.add(key);
                    return true;
                });
        return due;
    }

    private static long at(String key) {
        return Long.parseLong(key, PREFIX.length(), PREFIX.length() + HEX, 16);
    }

    private static String hex(long due) {
        return HexFormat.of().toHexDigits(Math.max(0, due));
    }
}
