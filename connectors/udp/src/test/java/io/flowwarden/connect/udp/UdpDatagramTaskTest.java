package io.flowwarden.connect.udp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flowwarden.raw.RawFormat;
import io.flowwarden.raw.RawHeaders;
import io.flowwarden.raw.RawRecord;
import io.flowwarden.testkit.SeenMetrics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.converters.ByteArrayConverter;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.apache.kafka.connect.storage.OffsetStorageReader;
import org.apache.kafka.connect.storage.SimpleHeaderConverter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class UdpDatagramTaskTest {
    private static final int PARTITIONS = 3;

    private final UdpDatagramTask task = new UdpDatagramTask();
    private final SeenMetrics metrics = new SeenMetrics();
    private InetSocketAddress address;

    @BeforeEach
    void freePort() throws IOException {
        try (var channel = DatagramChannel.open()) {
            channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            address = (InetSocketAddress) channel.getLocalAddress();
        }
    }

    @AfterEach
    void stop() {
        task.stop();
    }

    @Test
    void datagramsPassTheConvertersByteByByte() throws Exception {
        start();
        var random = new Random(9);
        var sent = new ArrayList<byte[]>();
        for (int i = 0; i < 50; i++) {
            byte[] datagram = new byte[20 + random.nextInt(1400)];
            random.nextBytes(datagram);
            datagram[0] = 0;
            datagram[1] = 9;
            sent.add(datagram);
            send(datagram);
        }
        var seen = new ArrayList<RawRecord>();
        while (seen.size() < sent.size()) {
            for (SourceRecord record : poll()) {
                RawRecord raw = converted(record);
                if (raw.format() != RawFormat.TICK) {
                    assertNull(record.kafkaPartition());
                    assertNull(record.timestamp());
                    seen.add(raw);
                }
            }
        }
        for (int i = 0; i < sent.size(); i++) {
            RawRecord raw = seen.get(i);
            assertArrayEquals(sent.get(i), raw.value());
            assertEquals(RawFormat.NETFLOW, raw.format());
            assertEquals("127.0.0.1", raw.exporter());
            long domain = ByteBuffer.wrap(sent.get(i)).getInt(16) & 0xffffffffL;
            assertEquals("netflow/127.0.0.1/" + domain, raw.source());
        }
    }

    @Test
    void everyPartitionGetsTheTicks() throws Exception {
        start();
        var ticks = new ArrayList<SourceRecord>();
        while (ticks.size() < 2 * PARTITIONS) {
            ticks.addAll(poll());
        }
        assertEquals(
                List.of(0, 1, 2, 0, 1, 2),
                ticks.stream().map(SourceRecord::kafkaPartition).toList());
        RawRecord first = converted(ticks.get(0));
        assertEquals(RawFormat.TICK, first.format());
        assertEquals("edge-0", first.source());
        assertTrue(converted(ticks.get(3)).receivedAt() >= first.receivedAt() + 200);
    }

    @Test
    void metricsTellWhatBecameOfTheDatagrams() throws Exception {
        start("exporters.rate", "2");
        byte[] v9 = new byte[20];
        v9[1] = 9;
        send(new byte[20]);
        for (int i = 0; i < 4; i++) {
            send(v9);
        }
        while (metrics.value("datagrams-received-total") < 5) {
            Thread.onSpinWait();
        }
        assertEquals(1, metrics.value("datagrams-refused-total"));
        assertEquals(3, metrics.value("datagrams-limited-total"));
        assertEquals(0, metrics.value("datagrams-unlisted-total"));
        assertEquals(0, metrics.value("datagrams-dropped-total"));
        assertTrue(metrics.value("datagrams-kernel-dropped-total") <= 0);
        assertTrue(metrics.value("receive-buffer-bytes") > 0);
        while (metrics.value("datagrams-waiting") > 0) {
            poll();
        }
    }

    @Test
    void aTaskThatIsNotPolledDropsAndStopsAtOnce() throws Exception {
        start("queue.bytes", "1048576");
        byte[] large = new byte[60_000];
        large[1] = 9;
        while (metrics.value("datagrams-received-total") < 40) {
            send(large);
        }
        assertTrue(metrics.value("datagrams-dropped-total") > 0);
        assertTrue(metrics.value("datagrams-waiting") <= 1_048_576 / large.length);
        assertTimeout(Duration.ofSeconds(2), task::stop);
    }

    @Test
    void aPortInUseFailsTheTaskByName() throws Exception {
        try (var other = DatagramChannel.open()) {
            other.bind(address);
            var fault = assertThrows(ConnectException.class, this::start);
            assertTrue(fault.getMessage().contains(":" + address.getPort()), fault.getMessage());
        }
    }

    private void start(String... settings) {
        var all = new HashMap<String, String>();
        all.put("topic.partitions", "" + PARTITIONS);
        all.put("listen", "127.0.0.1:" + address.getPort());
        all.put("collector.id", "edge-0");
        IntStream.range(0, settings.length / 2)
                .forEach(i -> all.put(settings[2 * i], settings[2 * i + 1]));
        task.initialize(new Context(all, metrics));
        task.start(all);
    }

    private List<SourceRecord> poll() throws InterruptedException {
        List<SourceRecord> polled = task.poll();
        return polled == null ? List.of() : polled;
    }

    private void send(byte[] datagram) throws IOException {
        try (var channel = DatagramChannel.open()) {
            channel.send(ByteBuffer.wrap(datagram), address);
        }
    }

    /** What a reader of the raw topic gets, through the converters that the README names. */
    private static RawRecord converted(SourceRecord record) throws Exception {
        var headers = new RecordHeaders();
        try (var bytes = new ByteArrayConverter();
                var text = new SimpleHeaderConverter()) {
            bytes.configure(Map.of(), false);
            for (var header : record.headers()) {
                byte[] value =
                        text.fromConnectHeader(
                                record.topic(), header.key(), header.schema(), header.value());
                headers.add(header.key(), value);
            }
            byte[] key = bytes.fromConnectData(record.topic(), record.keySchema(), record.key());
            byte[] value =
                    bytes.fromConnectData(record.topic(), record.valueSchema(), record.value());
            return RawHeaders.read(key, value, headers, null, 0);
        }
    }

    private record Context(Map<String, String> configs, PluginMetrics pluginMetrics)
            implements SourceTaskContext {
        @Override
        public OffsetStorageReader offsetStorageReader() {
            throw new UnsupportedOperationException();
        }
    }
}
