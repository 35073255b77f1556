package io.flowwarden.connect.udp;

import io.flowwarden.connect.Version;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.apache.kafka.connect.source.SourceConnector;

/**
 * Writes export datagrams to the raw topic as they come: one Kafka record for each, undecoded, its
 * key the exporter and observation domain. Several listeners are divided among the tasks.
 */
public final class UdpDatagramSource extends SourceConnector {
    private Map<String, String> settings;

    @Override
    public String version() {
        return Version.text();
    }

    @Override
    public ConfigDef config() {
        return UdpSourceConfig.OPTIONS;
    }

    @Override
    public Config validate(Map<String, String> settings) {
        var values = new ArrayList<>(super.validate(settings).configValues());
        Faults.add(settings, values);
        return new Config(values);
    }

    /**
     * Unsupported: nobody can ask an exporter to send a datagram again, so before the raw topic it
     * is at most once; what is in the raw topic is processed exactly once.
     */
    @Override
    public ExactlyOnceSupport exactlyOnceSupport(Map<String, String> settings) {
        return ExactlyOnceSupport.UNSUPPORTED;
    }

    @Override
    public void start(Map<String, String> settings) {
        this.settings = settings;
    }

    @Override
    public Class<? extends Task> taskClass() {
        return UdpDatagramTask.class;
    }

    @Override
    public List<Map<String, String>> taskConfigs(int maxTasks) {
        List<String> listeners = new UdpSourceConfig(settings).getList(UdpSourceConfig.LISTEN);
        int tasks = Math.min(maxTasks, listeners.size());
        var configs = new ArrayList<Map<String, String>>();
        for (int task = 0; task < tasks; task++) {
            var share = new ArrayList<String>();
            for (int i = task; i < listeners.size(); i += tasks) {
                share.add(listeners.get(i));
            }
            var config = new HashMap<>(settings);
            config.put(UdpSourceConfig.LISTEN, String.join(",", share));
            config.put(
                    UdpSourceConfig.COLLECTOR, settings.getOrDefault("name", "udp") + "-" + task);
            configs.add(config);
        }
        return configs;
    }

    @Override
    public void stop() {
        // Tasks hold the sockets.
    }
}
