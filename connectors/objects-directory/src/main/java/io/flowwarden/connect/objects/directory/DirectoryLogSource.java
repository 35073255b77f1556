package io.flowwarden.connect.objects.directory;

import io.flowwarden.connect.objects.FlowLogObjectSource;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.connector.Task;

/** Source of flow logs in a directory that every worker sees under the same path. */
public final class DirectoryLogSource extends FlowLogObjectSource {
    @Override
    protected void addOptions(ConfigDef options) {
        DirectoryConfig.addTo(options);
    }

    @Override
    protected void check(Map<String, ConfigValue> values) {
        // One option needs no comparing.
    }

    @Override
    public Class<? extends Task> taskClass() {
        return DirectoryLogTask.class;
    }
}
