package io.flowwarden.connect.objects;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Which part of the offsets an object belongs to. All objects of one flow log are of one lane, and
 * a lane is read by one task, so a log stays in order; a lane's objects are spread over parts,
 * because each raw record carries the offset of its part and that should be small.
 */
final class Bucket {
    /** More tasks than lanes have nothing to do. Part of the offsets: never change it. */
    static final int LANES = 32;

    /** Part of the offsets: never change it. */
    static final int PARTS = 8;

    private static final String STORE = "store";
    private static final String NUMBER = "bucket";

    /** The name that AWS gives a flow log. */
    private static final Pattern FLOW_LOG = Pattern.compile("(?<![A-Za-z0-9-])fl-[0-9a-f]{4,32}");

    /** Where dates begin in folders: {@code /2026/}, {@code /y=2026/}, {@code /year=2026/}. */
    private static final Pattern YEAR = Pattern.compile("(?:^|/)(?:y=|year=)?20\\d\\d(?:/|-)");

    private Bucket() {}

    static int of(String key) {
        return lane(key) * PARTS + (int) Long.remainderUnsigned(KeyHash.of(key), PARTS);
    }

    /** Whether a task reads what belongs to a bucket. */
    static boolean isOf(int bucket, int task, int tasks) {
        return bucket / PARTS % tasks == task;
    }

    /**
     * Its entries are in order: Connect finds an offset by the bytes of the partition's JSON, and
     * {@code Map.of} has another order in every JVM.
     */
    static Map<String, String> partition(String store, int bucket) {
        var partition = new TreeMap<String, String>();
        partition.put(STORE, store);
        partition.put(NUMBER, Integer.toString(bucket));
        return Collections.unmodifiableMap(partition);
    }

    /**
     * @return what is wrong with a source partition, or null
     */
    static String fault(Map<String, ?> partition) {
        if (partition == null || !partition.keySet().equals(java.util.Set.of(STORE, NUMBER))) {
            return "a partition has the keys " + STORE + " and " + NUMBER + ", not " + partition;
        }
        String number = String.valueOf(partition.get(NUMBER));
        if (!number.matches("\\d{1,3}") || Integer.parseInt(number) >= LANES * PARTS) {
            return NUMBER + " is 0 to " + (LANES * PARTS - 1) + " as text, not " + number;
        }
        return null;
    }

    private static int lane(String key) {
        return (int) Long.remainderUnsigned(KeyHash.of(log(key)), LANES);
    }

    /** The part of a key that all objects of a log share. */
    private static String log(String key) {
        var name = FLOW_LOG.matcher(key);
        if (name.find()) {
            return name.group();
        }
        var year = YEAR.matcher(key);
        if (year.find()) {
            return key.substring(0, year.start());
        }
        return key.substring(0, key.lastIndexOf('/') + 1);
    }
}
