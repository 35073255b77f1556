package io.flowwarden.connect.objects;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Width.LONG;
import static org.apache.kafka.common.config.ConfigDef.Width.SHORT;

import io.flowwarden.input.InputFormat;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigValue;

/** Options that all object sources share. */
final class ObjectSourceConfig extends AbstractConfig {
    static final String TOPIC = "topic";
    static final String PARTITIONS = "topic.partitions";
    static final String COLLECTOR = "collector.id";
    static final String PREFIXES = "prefixes";
    static final String INCLUDE = "keys.include";
    static final String FORMAT = "format";
    static final String SCAN_INTERVAL = "scan.interval.ms";
    static final String LOOKBACK = "lookback.ms";
    static final String LOOKBACK_OBJECTS = "lookback.max.objects";
    static final String MIN_AGE = "object.min.age.ms";
    static final String BACKOFF = "retry.backoff.max.ms";

    /** Set by the connector for each of its tasks. */
    static final String TASK = "task.number";

    static final String TASKS = "task.count";

    private static final String RAW = "Raw topic";
    private static final String OBJECTS = "Objects";
    private static final String PACE = "Pace";

    ObjectSourceConfig(Map<String, String> settings) {
        super(addTo(new ConfigDef()), settings, false);
    }

    static ConfigDef addTo(ConfigDef options) {
        return pace(objects(raw(options)));
    }

    private static ConfigDef raw(ConfigDef options) {
        return options.define(
                        TOPIC,
                        Type.STRING,
                        "flowwarden.raw",
                        Valid.topic(),
                        HIGH,
                        "The raw topic that the records go to.",
                        RAW,
                        1,
                        LONG,
                        "Topic")
                .define(
                        PARTITIONS,
                        Type.INT,
                        12,
                        Range.between(1, 10_000),
                        HIGH,
                        "Partitions of that topic: each gets a tick every 200 ms. Too few leave"
                                + " partitions without a clock, too many fail the task.",
                        RAW,
                        2,
                        SHORT,
                        "Partitions")
                .define(
                        COLLECTOR,
                        Type.STRING,
                        "",
                        MEDIUM,
                        "Names this collector in its ticks; without it the connector's name. The"
                                + " number of the task is added.",
                        RAW,
                        3,
                        LONG,
                        "Collector id");
    }

    private static ConfigDef objects(ConfigDef options) {
        return options.define(
                        PREFIXES,
                        Type.LIST,
                        "",
                        Valid.prefixes(),
                        HIGH,
                        "Which objects to list: those whose key starts with one of these. {yyyy},"
                                + " {MM}, {dd} and {HH} stand for the UTC time of the log, and only"
                                + " those of the look-back window are listed: in a large bucket that"
                                + " is the difference between one request and thousands. Empty: all"
                                + " objects.",
                        OBJECTS,
                        1,
                        LONG,
                        "Prefixes")
                .define(
                        INCLUDE,
                        Type.STRING,
                        ".*",
                        Valid.regex(),
                        MEDIUM,
                        "Regular expression that a whole key must match, or else the object is"
                                + " ignored.",
                        OBJECTS,
                        2,
                        LONG,
                        "Keys")
                .define(
                        FORMAT,
                        Type.STRING,
                        Formats.AUTO,
                        Formats.validator(),
                        MEDIUM,
                        "What the objects are; auto tells by the content of each. Compression is"
                                + " always told by content.",
                        OBJECTS,
                        3,
                        SHORT,
                        "Format",
                        Formats.recommender())
                .define(
                        LOOKBACK,
                        Type.LONG,
                        Duration.ofDays(1).toMillis(),
                        Range.between(60_000, Duration.ofDays(366).toMillis()),
                        HIGH,
                        "The look-back window: on the first start, objects last modified within it"
                                + " are read; later, an object that appears late is still found if"
                                + " it was modified at most so long before the last scan. A restart"
                                + " goes on where the connector stopped, however long ago.",
                        OBJECTS,
                        4,
                        SHORT,
                        "Look-back window")
                .define(
                        LOOKBACK_OBJECTS,
                        Type.INT,
                        8000,
                        Range.between(80, 80_000),
                        MEDIUM,
                        "How many objects are remembered for each flow log; where the window holds"
                                + " more, it becomes shorter for that log. One takes about 40 bytes"
                                + " of an offset, and an offset holds an eighth of them.",
                        OBJECTS,
                        5,
                        SHORT,
                        "Remembered objects")
                .define(
                        MIN_AGE,
                        Type.LONG,
                        0L,
                        Range.between(0, Duration.ofDays(1).toMillis()),
                        LOW,
                        "An object is read when it has not been modified for so long. For writers"
                                + " that do not write objects in one go.",
                        OBJECTS,
                        6,
                        SHORT,
                        "Minimum age");
    }

    private static ConfigDef pace(ConfigDef options) {
        return options.define(
                        SCAN_INTERVAL,
                        Type.LONG,
                        30_000L,
                        Range.between(100, Duration.ofHours(1).toMillis()),
                        MEDIUM,
                        "Time between the end of one listing and the next.",
                        PACE,
                        1,
                        SHORT,
                        "Scan interval")
                .define(
                        BACKOFF,
                        Type.LONG,
                        60_000L,
                        Range.between(1000, Duration.ofHours(1).toMillis()),
                        LOW,
                        "After an error of the store the next attempt waits 1 s, then twice as long"
                                + " each time, up to this.",
                        PACE,
                        2,
                        SHORT,
                        "Longest wait");
    }

    /** Faults that concern several options, each at its key. */
    static void check(Map<String, ConfigValue> values) {
        Long lookback = number(values, LOOKBACK);
        Long age = number(values, MIN_AGE);
        if (lookback != null && age != null && age >= lookback) {
            values.get(MIN_AGE)
                    .addErrorMessage(
                            "must be less than "
                                    + LOOKBACK
                                    + " ("
                                    + lookback
                                    + "), or no object is ever read");
        }
    }

    private static Long number(Map<String, ConfigValue> values, String key) {
        return values.get(key).value() instanceof Long number ? number : null;
    }

    String topic() {
        return getString(TOPIC);
    }

    int partitions() {
        return getInt(PARTITIONS);
    }

    String collector() {
        String id = getString(COLLECTOR);
        String name = originalsStrings().getOrDefault("name", "objects");
        return (id.isEmpty() ? name : id) + "-" + task();
    }

    Prefixes prefixes() {
        List<String> patterns = getList(PREFIXES);
        return new Prefixes(patterns.isEmpty() ? List.of("") : patterns);
    }

    Pattern include() {
        return Pattern.compile(getString(INCLUDE));
    }

    InputFormat format() {
        return Formats.of(getString(FORMAT));
    }

    Duration scanInterval() {
        return Duration.ofMillis(getLong(SCAN_INTERVAL));
    }

    Duration lookback() {
        return Duration.ofMillis(getLong(LOOKBACK));
    }

    /** Marks that each part of a flow log's lane keeps. */
    int marks() {
        return getInt(LOOKBACK_OBJECTS) / Bucket.PARTS;
    }

    Duration minAge() {
        return Duration.ofMillis(getLong(MIN_AGE));
    }

    Duration longestBackoff() {
        return Duration.ofMillis(getLong(BACKOFF));
    }

    int task() {
        return Integer.parseInt(originalsStrings().getOrDefault(TASK, "0"));
    }

    int tasks() {
        return Integer.parseInt(originalsStrings().getOrDefault(TASKS, "1"));
    }
}
