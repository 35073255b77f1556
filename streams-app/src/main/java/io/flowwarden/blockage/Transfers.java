package io.flowwarden.blockage;

import io.flowwarden.detect.Memory;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * When links of groups last worked, by source, to five seconds: an RPO counts from there. A link of
 * the estate each, so their number is bounded.
 */
final class Transfers {
    private static final String PREFIX = "l/";
    private static final long STEP = 5_000;

    private final Memory memory;

    /** The last one, rounded up, by source and link; a copy of what is stored. */
    private final Map<String, Long> last = new HashMap<>();

    Transfers(Memory memory) {
        this.memory = memory;
        memory.scan(
                PREFIX,
                (key, value) ->
                        last.put(key.substring(PREFIX.length()), ByteBuffer.wrap(value).getLong()));
    }

    /** Payload went over the link; only the first in a step changes anything. */
    void note(String source, String link, long at) {
        String key = key(source, link);
        long rounded = -Math.floorDiv(-at, STEP) * STEP;
        Long known = last.get(key);
        if (known == null || known < rounded) {
            last.put(key, rounded);
            memory.put(PREFIX + key, ByteBuffer.allocate(Long.BYTES).putLong(rounded).array());
        }
    }

    /** When it last worked, rounded up, epoch ms, or null. */
    Long last(String source, String link) {
        return last.get(key(source, link));
    }

    void forget(String source) {
        last.keySet()
                .removeIf(
                        key -> {
                            boolean its = key.startsWith(source + "\n");
                            if (its) {
                                memory.delete(PREFIX + key);
                            }
                            return its;
                        });
    }

    private static String key(String source, String link) {
        return source + "\n" + link;
    }
}
