package io.flowwarden.sink.syslog;

import io.flowwarden.connect.Version;
import io.flowwarden.sink.AlertSink;
import io.flowwarden.sink.Checked;
import io.flowwarden.sink.MessageSink;
import io.flowwarden.sink.SinkOptions;
import io.flowwarden.sink.Tls;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.ValidString;
import org.apache.kafka.common.config.ConfigDef.Width;

/** Options of the syslog sink. */
public final class SyslogOptions {
    public static final String ADDRESS = "address";
    static final String TRANSPORT = "transport";
    static final String FACILITY = "facility";
    static final String HOSTNAME = "hostname";
    static final String BYTES = "message.bytes";

    /** What every receiver must take (RFC 5424, section 6.1). */
    private static final int LEAST_BYTES = 480;

    /** Fits into one UDP datagram. */
    private static final int MOST_BYTES = 65_000;

    private static final String GROUP = "Syslog";

    public static final ConfigDef DEFINED =
            Tls.options(
                    SinkOptions.delivery(
                            SinkOptions.selection(
                                    new ConfigDef()
                                            .define(
                                                    ADDRESS,
                                                    Type.STRING,
                                                    ConfigDef.NO_DEFAULT_VALUE,
                                                    Checked.by(
                                                            "HOST:PORT, IPv6 as [ADDRESS]:PORT",
                                                            Receiver::parse),
                                                    Importance.HIGH,
                                                    "The receiver. Usual ports: 514, over TLS 6514.",
                                                    GROUP,
                                                    1,
                                                    Width.MEDIUM,
                                                    "Receiver")
                                            .define(
                                                    TRANSPORT,
                                                    Type.STRING,
                                                    "tcp",
                                                    ValidString.in(words(Transport.values())),
                                                    Importance.HIGH,
                                                    "tcp and tls count octets (RFC 6587, RFC 5425) and"
                                                            + " notice a receiver that is away; udp loses"
                                                            + " messages without a word.",
                                                    GROUP,
                                                    2,
                                                    Width.SHORT,
                                                    "Transport")
                                            .define(
                                                    FACILITY,
                                                    Type.STRING,
                                                    "local0",
                                                    ValidString.in(words(Facility.values())),
                                                    Importance.LOW,
                                                    "Facility of the messages.",
                                                    GROUP,
                                                    3,
                                                    Width.SHORT,
                                                    "Facility")
                                            .define(
                                                    HOSTNAME,
                                                    Type.STRING,
                                                    "",
                                                    Importance.LOW,
                                                    "Name of this machine in the messages; empty: its"
                                                            + " own.",
                                                    GROUP,
                                                    4,
                                                    Width.MEDIUM,
                                                    "Host name")
                                            .define(
                                                    BYTES,
                                                    Type.INT,
                                                    8_192,
                                                    Range.between(LEAST_BYTES, MOST_BYTES),
                                                    Importance.LOW,
                                                    "Longest message. A longer one loses what matters"
                                                            + " least; 2048 is what receivers should at"
                                                            + " least take (RFC 5424), 8192 what most do.",
                                                    GROUP,
                                                    5,
                                                    Width.SHORT,
                                                    "Longest message"))));

    private SyslogOptions() {}

    public static AlertSink open(Map<String, String> settings, InstantSource clock) {
        var config = new AbstractConfig(DEFINED, settings, false);
        var receiver = Receiver.parse(config.getString(ADDRESS));
        String transport = config.getString(TRANSPORT);
        var message =
                new SyslogMessage(
                        Facility.valueOf(config.getString(FACILITY).toUpperCase(Locale.ROOT)),
                        SyslogMessage.hostname(hostname(config)),
                        Version.text(),
                        config.getInt(BYTES));
        return new MessageSink(
                new SyslogChannel(
                        "syslog " + transport + "://" + receiver,
                        wire(
                                Transport.valueOf(transport.toUpperCase(Locale.ROOT)),
                                receiver,
                                config),
                        message,
                        clock),
                SinkOptions.selection(config));
    }

    private static Wire wire(Transport transport, Receiver receiver, AbstractConfig config) {
        Duration timeout = SinkOptions.timeout(config);
        return switch (transport) {
            case UDP -> new Datagrams(receiver);
            case TCP -> new Stream(receiver, null, timeout);
            case TLS -> new Stream(receiver, tls(config), timeout);
        };
    }

    private static SSLContext tls(AbstractConfig config) {
        SSLContext configured = Tls.context(config);
        try {
            return configured == null ? SSLContext.getDefault() : configured;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String hostname(AbstractConfig config) {
        String configured = config.getString(HOSTNAME);
        if (!configured.isEmpty()) {
            return configured;
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException unnamed) {
            return "-";
        }
    }

    private static String[] words(Enum<?>[] values) {
        return Arrays.stream(values)
                .map(each -> each.name().toLowerCase(Locale.ROOT))
                .toArray(String[]::new);
    }
}
