package io.flowwarden.connect.objects;

import io.flowwarden.connect.Converters;
import io.flowwarden.connect.Version;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.apache.kafka.connect.source.SourceConnector;

/**
 * Source of flow logs in the objects of a store: each chunk of a log becomes one record of the raw
 * topic. What a store needs is said by a subclass.
 */
public abstract class FlowLogObjectSource extends SourceConnector {
    private Map<String, String> settings;

    /** Adds the options of the store. */
    protected abstract void addOptions(ConfigDef options);

    /**
     * Finds faults that concern several options of the store, and notes each at its key.
     *
     * @param values of all options by name; the value is null where it is at fault already
     */
    protected abstract void check(Map<String, ConfigValue> values);

    @Override
    public final ConfigDef config() {
        var options = new ConfigDef();
        addOptions(options);
        return ObjectSourceConfig.addTo(options);
    }

    @Override
    public final Config validate(Map<String, String> settings) {
        Config checked = super.validate(settings);
        Map<String, ConfigValue> values =
                checked.configValues().stream()
                        .collect(Collectors.toMap(ConfigValue::name, value -> value));
        ObjectSourceConfig.check(values);
        check(values);
        var all = new ArrayList<>(checked.configValues());
        all.addAll(Converters.faults(settings));
        return new Config(all);
    }

    @Override
    public final void start(Map<String, String> settings) {
        this.settings = Map.copyOf(settings);
    }

    @Override
    public final void stop() {
        // Only tasks hold anything.
    }

    @Override
    public final List<Map<String, String>> taskConfigs(int maxTasks) {
        int count = Math.min(maxTasks, Bucket.LANES);
        var all = new ArrayList<Map<String, String>>();
        for (int task = 0; task < count; task++) {
            var one = new HashMap<>(settings);
            one.put(ObjectSourceConfig.TASK, Integer.toString(task));
            one.put(ObjectSourceConfig.TASKS, Integer.toString(count));
            all.add(one);
        }
        return all;
    }

    /** What was read is part of the offsets, so Connect can commit both in one transaction. */
    @Override
    public final ExactlyOnceSupport exactlyOnceSupport(Map<String, String> settings) {
        return ExactlyOnceSupport.SUPPORTED;
    }

    @Override
    public final boolean alterOffsets(
            Map<String, String> settings, Map<Map<String, ?>, Map<String, ?>> offsets) {
        offsets.forEach(
                (partition, offset) -> {
                    String fault = Bucket.fault(partition);
                    if (fault != null) {
                        throw new ConnectException(fault);
                    }
                    if (offset == null) {
                        return;
                    }
                    try {
                        DoneSet.of(offset, 1);
                    } catch (IllegalArgumentException e) {
                        throw new ConnectException(
                                "the offset of " + partition + ": " + e.getMessage(), e);
                    }
                });
        return true;
    }

    @Override
    public final String version() {
        return Version.text();
    }
}
