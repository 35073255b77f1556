package io.flowwarden.connect.alerts;

import io.flowwarden.connect.Converters;
import io.flowwarden.connect.Version;
import io.flowwarden.sink.SinkKind;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.sink.SinkConnector;

/** What the connectors share; they differ in the sink that their task opens. */
abstract class AlertConnector extends SinkConnector {
    private final SinkKind kind;
    private Map<String, String> settings;

    AlertConnector(SinkKind kind) {
        this.kind = kind;
    }

    @Override
    public String version() {
        return Version.text();
    }

    @Override
    public ConfigDef config() {
        return ConnectOptions.of(kind);
    }

    @Override
    public Config validate(Map<String, String> settings) {
        var values = new ArrayList<>(super.validate(settings).configValues());
        values.addAll(Converters.faults(settings));
        if (values.stream().allMatch(value -> value.errorMessages().isEmpty())) {
            values.addAll(faultsOfTheWhole(settings));
        }
        return new Config(values);
    }

    /** What only shows when all is put together: files that are not there, a registry's address. */
    private List<ConfigValue> faultsOfTheWhole(Map<String, String> settings) {
        try {
            kind.open(settings, InstantSource.system()).close();
            ConnectOptions.alerts(settings).close();
            return List.of();
        } catch (ConfigException wrong) {
            String key =
                    config().names().stream()
                            .filter(name -> String.valueOf(wrong.getMessage()).contains(name))
                            .max((a, b) -> Integer.compare(a.length(), b.length()))
                            .orElse(ConnectOptions.REGISTRY);
            return List.of(new ConfigValue(key, null, List.of(), List.of(wrong.getMessage())));
        }
    }

    @Override
    public void start(Map<String, String> settings) {
        this.settings = settings;
    }

    @Override
    public Class<? extends Task> taskClass() {
        return AlertTask.class;
    }

    /**
     * One: messages keep their order, and Alertmanager's state knows causes of other partitions.
     */
    @Override
    public List<Map<String, String>> taskConfigs(int maxTasks) {
        var config = new HashMap<>(settings);
        config.put(AlertTask.KIND, kind.name());
        return Collections.singletonList(config);
    }

    @Override
    public void stop() {
        // The task holds the connections.
    }
}
