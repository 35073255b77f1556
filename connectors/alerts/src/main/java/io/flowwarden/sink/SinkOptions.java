package io.flowwarden.sink;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.ValidString;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.types.Password;

/** Options that several sinks have. */
public final class SinkOptions {
    private static final String GIVE_UP = "give.up.ms";
    private static final String TIMEOUT = "timeout.ms";
    private static final String CAUSES = "causes";
    private static final String UPDATES = "updates";
    private static final String AUTHORIZATION = "authorization";

    private static final String DELIVERY = "Delivery";
    private static final String WHAT = "What is told";

    private SinkOptions() {}

    /** How long to wait for a receiver. */
    public static ConfigDef delivery(ConfigDef options) {
        return options.define(
                        TIMEOUT,
                        Type.LONG,
                        10_000L,
                        Range.between(100, 60_000),
                        Importance.LOW,
                        "Longest wait for a receiver to be reached and to answer, ms.",
                        DELIVERY,
                        1,
                        Width.SHORT,
                        "Timeout")
                .define(
                        GIVE_UP,
                        Type.LONG,
                        Duration.ofHours(1).toMillis(),
                        Range.atLeast(1_000),
                        Importance.MEDIUM,
                        "How long an outage of the receiver lasts until the alerts that wait are given"
                                + " up, ms; until then they are tried again with pauses of 1 s to 1 min.",
                        DELIVERY,
                        2,
                        Width.SHORT,
                        "Give up after");
    }

    /** Which records become messages. */
    public static ConfigDef selection(ConfigDef options) {
        return options.define(
                        CAUSES,
                        Type.STRING,
                        "roots",
                        ValidString.in("roots", "all"),
                        Importance.MEDIUM,
                        "`roots` leaves out alerts that another alert explains (`cause`); `all` tells"
                                + " them, too.",
                        WHAT,
                        1,
                        Width.SHORT,
                        "Causes")
                .define(
                        UPDATES,
                        Type.STRING,
                        "changes",
                        ValidString.in("changes", "all"),
                        Importance.MEDIUM,
                        "`changes` tells the beginning, the end, and a new kind, severity, cause or"
                                + " acknowledgement between; `all` tells new counts and times, too.",
                        WHAT,
                        2,
                        Width.SHORT,
                        "Updates");
    }

    public static Selection selection(AbstractConfig config) {
        return new Selection(
                config.getString(CAUSES).equals("all"), config.getString(UPDATES).equals("all"));
    }

    public static ConfigDef authorization(ConfigDef options, String group, int order) {
        return options.define(
                AUTHORIZATION,
                Type.PASSWORD,
                null,
                Importance.MEDIUM,
                "Value of the header Authorization, such as `Bearer ...` or `Basic ...`.",
                group,
                order,
                Width.LONG,
                "Authorization");
    }

    /** For HTTP, with authorization and TLS as configured. */
    public static Http http(AbstractConfig config) {
        return new Http(Tls.context(config), timeout(config), secret(config, AUTHORIZATION));
    }

    /** A secret's text, or null where there is none. */
    public static String secret(AbstractConfig config, String option) {
        Password password = config.getPassword(option);
        return password == null || password.value().isEmpty() ? null : password.value();
    }

    public static Duration timeout(AbstractConfig config) {
        return Duration.ofMillis(config.getLong(TIMEOUT));
    }

    static Retries retries(Map<String, String> settings) {
        var config = new AbstractConfig(delivery(new ConfigDef()), settings, false);
        return Retries.givingUpAfter(Duration.ofMillis(config.getLong(GIVE_UP)));
    }
}
