package io.flowwarden.connect.objects.s3;

import io.flowwarden.connect.objects.FlowLogObjectSource;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.connector.Task;

/** Source of flow logs in a bucket of S3, or of a store with S3's protocol. */
public final class S3LogSource extends FlowLogObjectSource {
    @Override
    protected void addOptions(ConfigDef options) {
        S3Config.addTo(options);
    }

    @Override
    protected void check(Map<String, ConfigValue> values) {
        S3Config.check(values);
    }

    @Override
    public Class<? extends Task> taskClass() {
        return S3LogTask.class;
    }
}
