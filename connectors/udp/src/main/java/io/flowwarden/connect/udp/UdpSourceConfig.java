package io.flowwarden.connect.udp;

import io.flowwarden.net.Prefix;
import io.flowwarden.udp.UdpSettings;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.NonEmptyString;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.Width;

/** Options of the connector, and of a task, which has its share of the listeners. */
final class UdpSourceConfig extends AbstractConfig {
    static final String TOPIC = "topic";
    static final String PARTITIONS = "topic.partitions";
    static final String LISTEN = "listen";
    static final String SOCKETS = "sockets.per.listener";
    static final String BUFFER = "receive.buffer.bytes";
    static final String QUEUE = "queue.bytes";
    static final String ALLOW = "exporters.allow";
    static final String RATE = "exporters.rate";
    static final String EXPORTERS = "exporters.max";

    /** Name of the task in its ticks; the connector sets it. */
    static final String COLLECTOR = "collector.id";

    private static final String TOPIC_GROUP = "Topic";
    private static final String SOCKET_GROUP = "Sockets";
    private static final String EXPORTER_GROUP = "Exporters";

    /** What {@code flowwarden topics create} gives the raw topic. */
    private static final int RAW_PARTITIONS = 12;

    private static final int MOST_PARTITIONS = 10_000;
    private static final int MOST_SOCKETS = 64;
    private static final int LEAST_BUFFER = 1 << 16;
    private static final int LEAST_QUEUE = 1 << 20;

    static final ConfigDef OPTIONS =
            new ConfigDef()
                    .define(
                            TOPIC,
                            Type.STRING,
                            "flowwarden.raw",
                            new NonEmptyString(),
                            Importance.HIGH,
                            "Topic that the datagrams are written to.",
                            TOPIC_GROUP,
                            1,
                            Width.MEDIUM,
                            "Topic")
                    .define(
                            PARTITIONS,
                            Type.INT,
                            RAW_PARTITIONS,
                            Range.between(1, MOST_PARTITIONS),
                            Importance.HIGH,
                            "Partitions that the topic has: each gets the ticks. Too few, and absence"
                                    + " is not noticed in the others; too many, and the worker waits for"
                                    + " the one that is missing and writes nothing more.",
                            TOPIC_GROUP,
                            2,
                            Width.SHORT,
                            "Partitions of the topic")
                    .define(
                            LISTEN,
                            Type.LIST,
                            "127.0.0.1:2055",
                            ListenAddress.LIST,
                            Importance.HIGH,
                            "Addresses and ports to receive on; NetFlow, IPFIX and sFlow may share one."
                                    + " Tasks divide them among themselves. 0.0.0.0 is every IPv4"
                                    + " address of the worker's machine, [::] every address.",
                            SOCKET_GROUP,
                            1,
                            Width.LONG,
                            "Listen on")
                    .define(
                            SOCKETS,
                            Type.INT,
                            1,
                            Range.between(1, MOST_SOCKETS),
                            Importance.LOW,
                            "Sockets that share each port (SO_REUSEPORT), each with a thread. More than"
                                    + " one helps with many exporters and cores to spare.",
                            SOCKET_GROUP,
                            2,
                            Width.SHORT,
                            "Sockets per listener")
                    .define(
                            BUFFER,
                            Type.INT,
                            UdpSettings.BUFFER,
                            Range.atLeast(LEAST_BUFFER),
                            Importance.MEDIUM,
                            "Kernel buffer to ask for, each socket. What the system grants is the metric"
                                    + " receive-buffer-bytes; it is limited by net.core.rmem_max.",
                            SOCKET_GROUP,
                            3,
                            Width.SHORT,
                            "Receive buffer")
                    .define(
                            QUEUE,
                            Type.LONG,
                            UdpSettings.QUEUE,
                            Range.atLeast(LEAST_QUEUE),
                            Importance.MEDIUM,
                            "Heap that received datagrams of a task may hold until they are written."
                                    + " Beyond it they are dropped and counted.",
                            SOCKET_GROUP,
                            4,
                            Width.SHORT,
                            "Queue")
                    .define(
                            ALLOW,
                            Type.LIST,
                            List.of(),
                            AllowedPrefix.LIST,
                            Importance.HIGH,
                            "Exporters that may send. Empty: every sender that reaches the port.",
                            EXPORTER_GROUP,
                            1,
                            Width.LONG,
                            "Allowed exporters")
                    .define(
                            RATE,
                            Type.INT,
                            0,
                            Range.atLeast(0),
                            Importance.MEDIUM,
                            "Datagrams a second that one exporter may send, with bursts of one second."
                                    + " 0: any number.",
                            EXPORTER_GROUP,
                            2,
                            Width.SHORT,
                            "Rate of an exporter")
                    .define(
                            EXPORTERS,
                            Type.INT,
                            UdpSettings.EXPORTERS,
                            Range.atLeast(1),
                            Importance.LOW,
                            "Exporters that a task remembers; the one that was silent longest makes"
                                    + " room.",
                            EXPORTER_GROUP,
                            3,
                            Width.SHORT,
                            "Remembered exporters");

    UdpSourceConfig(Map<String, String> settings) {
        super(OPTIONS, settings, false);
    }

    String topic() {
        return getString(TOPIC);
    }

    int partitions() {
        return getInt(PARTITIONS);
    }

    UdpSettings receiver() {
        return new UdpSettings(
                getList(LISTEN).stream().map(ListenAddress::parse).toList(),
                getInt(SOCKETS),
                getInt(BUFFER),
                getLong(QUEUE),
                getList(ALLOW).stream().map(Prefix::parse).toList(),
                getInt(RATE),
                getInt(EXPORTERS));
    }
}
