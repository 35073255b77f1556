package io.flowwarden.connect.udp;

import io.flowwarden.connect.Version;
import io.flowwarden.udp.RawFeed;
import io.flowwarden.udp.UdpReceiver;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives on its share of the listeners. While the worker does not poll, because it is paused or
 * Kafka is slow, datagrams wait in the queue; beyond its size they are dropped and counted. Ticks
 * are written by {@link #poll} only, so a paused task does not claim that exporters are silent.
 */
public final class UdpDatagramTask extends SourceTask {
    private static final Logger LOG = LoggerFactory.getLogger(UdpDatagramTask.class);

    private final InstantSource clock = InstantSource.system();
    private UdpReceiver receiver;
    private RawFeed feed;
    private Records records;

    @Override
    public String version() {
        return Version.text();
    }

    @Override
    public void start(Map<String, String> settings) {
        var config = new UdpSourceConfig(settings);
        records = new Records(config.topic(), config.partitions());
        try {
            receiver = UdpReceiver.open(config.receiver(), clock);
        } catch (IOException e) {
            throw new ConnectException(e.getMessage(), e);
        }
        feed = new RawFeed(settings.get(UdpSourceConfig.COLLECTOR), receiver, clock);
        Meters.register(context.pluginMetrics(), receiver);
        LOG.info(
                "udp {}: receive buffer {} bytes, to topic {}",
                receiver.addresses(),
                receiver.grantedBuffer(),
                config.topic());
    }

    @Override
    public List<SourceRecord> poll() throws InterruptedException {
        var polled = new ArrayList<SourceRecord>();
        try {
            feed.read(raw -> records.add(raw, polled));
        } catch (IOException e) {
            throw new ConnectException(e);
        }
        return polled.isEmpty() ? null : polled;
    }

    @Override
    public void stop() {
        if (receiver != null) {
            receiver.close();
            LOG.info(
                    "udp {}: stopped with {} datagrams unwritten; {}",
                    receiver.addresses(),
                    receiver.waiting(),
                    receiver.counts());
        }
    }
}
