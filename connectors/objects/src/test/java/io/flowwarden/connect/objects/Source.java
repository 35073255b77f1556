package io.flowwarden.connect.objects;

import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.connector.Task;

/** A connector without a store of its own. */
final class Source extends FlowLogObjectSource {
    @Override
    protected void addOptions(ConfigDef options) {
        // The shared ones are enough.
    }

    @Override
    protected void check(Map<String, ConfigValue> values) {
        // Nothing to compare.
    }

    @Override
    public Class<? extends Task> taskClass() {
        return FlowLogObjectTask.class;
    }
}
