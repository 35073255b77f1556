package io.flowwarden.sink;

import io.flowwarden.sink.alertmanager.AlertmanagerOptions;
import io.flowwarden.sink.syslog.SyslogOptions;
import io.flowwarden.sink.webhook.WebhookOptions;
import java.time.InstantSource;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;

/** The sinks there are. */
public enum SinkKind {
    ALERTMANAGER(AlertmanagerOptions.URLS, AlertmanagerOptions.DEFINED, AlertmanagerOptions::open),
    SYSLOG(SyslogOptions.ADDRESS, SyslogOptions.DEFINED, SyslogOptions::open),
    WEBHOOK(WebhookOptions.URL, WebhookOptions.DEFINED, WebhookOptions::open);

    private interface Opening {
        AlertSink open(Map<String, String> settings, InstantSource clock);
    }

    private final String address;
    private final ConfigDef options;
    private final Opening opening;

    SinkKind(String address, ConfigDef options, Opening opening) {
        this.address = address;
        this.options = options;
        this.opening = opening;
    }

    /** The option that says who the receiver is. */
    public String address() {
        return address;
    }

    /** Its options, those that all have included. */
    public ConfigDef options() {
        return new ConfigDef(options);
    }

    /**
     * Makes one; receivers need not be there yet.
     *
     * @param settings by the names of {@link #options}; others are ignored
     * @throws org.apache.kafka.common.config.ConfigException naming key, value and reason
     */
    public Courier open(Map<String, String> settings, InstantSource clock) {
        return new Courier(opening.open(settings, clock), SinkOptions.retries(settings), clock);
    }
}
