package io.flowwarden.connect.objects.azure;

import io.flowwarden.connect.objects.FlowLogObjectSource;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.connector.Task;

/** Source of flow logs in a container of Azure Blob Storage. */
public final class AzureBlobLogSource extends FlowLogObjectSource {
    @Override
    protected void addOptions(ConfigDef options) {
        AzureConfig.addTo(options);
    }

    @Override
    protected void check(Map<String, ConfigValue> values) {
        AzureConfig.check(values);
    }

    @Override
    public Class<? extends Task> taskClass() {
        return AzureBlobLogTask.class;
    }
}
