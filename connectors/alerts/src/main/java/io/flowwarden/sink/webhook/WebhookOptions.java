package io.flowwarden.sink.webhook;

import io.flowwarden.connect.Version;
import io.flowwarden.sink.AlertJson;
import io.flowwarden.sink.AlertSink;
import io.flowwarden.sink.Checked;
import io.flowwarden.sink.HttpUrl;
import io.flowwarden.sink.MessageSink;
import io.flowwarden.sink.SinkOptions;
import io.flowwarden.sink.Tls;
import java.time.InstantSource;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.ValidString;
import org.apache.kafka.common.config.ConfigDef.Width;

/** Options of the webhook sink. */
public final class WebhookOptions {
    public static final String URL = "url";
    static final String FORMAT = "format";
    static final String TEMPLATE = "template";
    static final String HMAC = "hmac.secret";

    private static final String GROUP = "Webhook";

    public static final ConfigDef DEFINED =
            Tls.options(
                    SinkOptions.delivery(
                            SinkOptions.selection(
                                    SinkOptions.authorization(
                                            new ConfigDef()
                                                    .define(
                                                            URL,
                                                            Type.PASSWORD,
                                                            ConfigDef.NO_DEFAULT_VALUE,
                                                            Checked.by(
                                                                    "http://HOST... or https://HOST...",
                                                                    HttpUrl::parse),
                                                            Importance.HIGH,
                                                            "Where to POST to. Its path is kept secret:"
                                                                    + " with many receivers it is the"
                                                                    + " only key.",
                                                            GROUP,
                                                            1,
                                                            Width.LONG,
                                                            "Address")
                                                    .define(
                                                            FORMAT,
                                                            Type.STRING,
                                                            "flowwarden",
                                                            ValidString.in(
                                                                    "flowwarden",
                                                                    "ocsf",
                                                                    "template"),
                                                            Importance.HIGH,
                                                            "`flowwarden`: the alert as `--json` prints"
                                                                    + " it. `ocsf`: OCSF "
                                                                    + OcsfFinding.VERSION
                                                                    + " Detection Finding. `template`:"
                                                                    + " what template says.",
                                                            GROUP,
                                                            2,
                                                            Width.SHORT,
                                                            "Format")
                                                    .define(
                                                            TEMPLATE,
                                                            Type.STRING,
                                                            "{\"text\": \"${state} ${severity}"
                                                                    + " ${kind}: ${explanation}\"}",
                                                            Checked.by(
                                                                    "JSON with ${field} in its texts",
                                                                    Template::parse),
                                                            Importance.MEDIUM,
                                                            "Body of the POST: the default suits Slack,"
                                                                    + " Mattermost and the like. Fields"
                                                                    + " are those of the alert,"
                                                                    + " `${subject.client}` and so on"
                                                                    + " inside, and `${activity}`:"
                                                                    + " CREATE, UPDATE or CLOSE.",
                                                            GROUP,
                                                            3,
                                                            Width.LONG,
                                                            "Template")
                                                    .define(
                                                            HMAC,
                                                            Type.PASSWORD,
                                                            null,
                                                            Importance.MEDIUM,
                                                            "Signs each body: the header"
                                                                    + " X-Flowwarden-Signature is"
                                                                    + " `sha256=` and HMAC-SHA256, hex,"
                                                                    + " of X-Flowwarden-Time, a point"
                                                                    + " and the body.",
                                                            GROUP,
                                                            4,
                                                            Width.MEDIUM,
                                                            "Secret to sign with"),
                                            GROUP,
                                            5))));

    private WebhookOptions() {}

    public static AlertSink open(Map<String, String> settings, InstantSource clock) {
        var config = new AbstractConfig(DEFINED, settings, false);
        String secret = SinkOptions.secret(config, HMAC);
        return new MessageSink(
                new WebhookChannel(
                        SinkOptions.http(config),
                        HttpUrl.parse(SinkOptions.secret(config, URL)),
                        body(config),
                        secret == null ? null : new Signature(secret),
                        clock),
                SinkOptions.selection(config));
    }

    private static Body body(AbstractConfig config) {
        return switch (config.getString(FORMAT)) {
            case "ocsf" -> new OcsfFinding(Version.text());
            case "template" -> Template.parse(config.getString(TEMPLATE));
            default -> (alert, activity, now) -> AlertJson.of(alert);
        };
    }
}
