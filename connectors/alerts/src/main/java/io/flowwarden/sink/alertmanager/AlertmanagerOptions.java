package io.flowwarden.sink.alertmanager;

import io.flowwarden.sink.AlertSink;
import io.flowwarden.sink.Checked;
import io.flowwarden.sink.HttpUrl;
import io.flowwarden.sink.SinkOptions;
import io.flowwarden.sink.Tls;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.Width;

/** Options of the Alertmanager sink. */
public final class AlertmanagerOptions {
    public static final String URLS = "urls";
    static final String RESEND = "resend.ms";
    static final String FIRING = "firing.max";

    private static final String GROUP = "Alertmanager";

    public static final ConfigDef DEFINED =
            Tls.options(
                    SinkOptions.delivery(
                            SinkOptions.authorization(
                                    new ConfigDef()
                                            .define(
                                                    URLS,
                                                    Type.LIST,
                                                    ConfigDef.NO_DEFAULT_VALUE,
                                                    Checked.by(
                                                            "http://HOST:PORT or https://HOST:PORT, each",
                                                            HttpUrl::parse),
                                                    Importance.HIGH,
                                                    "Every member of the cluster, with a path prefix if"
                                                            + " it has one; members do not pass alerts"
                                                            + " on to each other.",
                                                    GROUP,
                                                    1,
                                                    Width.LONG,
                                                    "Members")
                                            .define(
                                                    RESEND,
                                                    Type.LONG,
                                                    60_000L,
                                                    Range.between(1_000, 180_000),
                                                    Importance.LOW,
                                                    "How often open alerts are sent again, ms. An alert"
                                                            + " that is not sent for three times as long"
                                                            + " ends by itself.",
                                                    GROUP,
                                                    2,
                                                    Width.SHORT,
                                                    "Send again every")
                                            .define(
                                                    FIRING,
                                                    Type.INT,
                                                    10_000,
                                                    Range.between(1, 1_000_000),
                                                    Importance.LOW,
                                                    "Alerts that are sent again; beyond them the oldest"
                                                            + " is forgotten, first of those that another"
                                                            + " alert explains.",
                                                    GROUP,
                                                    3,
                                                    Width.SHORT,
                                                    "Most open alerts"),
                                    GROUP,
                                    4)));

    private AlertmanagerOptions() {}

    public static AlertSink open(Map<String, String> settings, InstantSource clock) {
        var config = new AbstractConfig(DEFINED, settings, false);
        var members =
                config.getList(URLS).stream().map(HttpUrl::parse).map(AlertmanagerOptions::api);
        return new Alertmanager(
                SinkOptions.http(config),
                members.toList(),
                Duration.ofMillis(config.getLong(RESEND)),
                config.getInt(FIRING),
                clock);
    }

    private static URI api(URI member) {
        return URI.create(member.toString().replaceFirst("/+$", "") + "/api/v2/alerts");
    }
}
