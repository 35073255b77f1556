package io.flowwarden.connect.alerts;

import io.flowwarden.connect.Version;
import io.flowwarden.schemas.Alert;
import io.flowwarden.schemas.registry.RegistryException;
import io.flowwarden.sink.Courier;
import io.flowwarden.sink.Delivery;
import io.flowwarden.sink.Delivery.Refusal;
import io.flowwarden.sink.SinkKind;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the alerts topic and tells what stands there. What a receiver refuses, and what is no
 * alert, goes to the dead-letter topic, or ends the task, as {@code errors.tolerance} says. In an
 * outage the worker hands over the same records again; what was told of them already is skipped.
 */
public final class AlertTask extends SinkTask {
    /** Which sink; the connector sets it. */
    static final String KIND = "sink.kind";

    private static final Logger LOG = LoggerFactory.getLogger(AlertTask.class);

    private final InstantSource clock;
    private final Map<TopicPartition, Long> dealtWith = new HashMap<>();
    private Deserializer<Alert> alerts;
    private Courier courier;
    private long opened;

    /** As a worker makes it. */
    public AlertTask() {
        this(InstantSource.system());
    }

    AlertTask(InstantSource clock) {
        this.clock = clock;
    }

    /** A record with the alert in it. */
    private record Read(SinkRecord record, Alert alert) {}

    @Override
    public String version() {
        return Version.text();
    }

    @Override
    public void start(Map<String, String> settings) {
        alerts = ConnectOptions.alerts(settings);
        courier = SinkKind.valueOf(settings.get(KIND)).open(settings, clock);
        Meters.register(context.pluginMetrics(), courier);
        LOG.info("alerts go to {}", courier);
    }

    /**
     * A sink that must know every open alert reads from the start: Kafka gives what compaction
     * left, or the oldest there is.
     */
    @Override
    public void open(Collection<TopicPartition> partitions) {
        dealtWith.keySet().removeAll(partitions);
        opened = clock.millis();
        if (courier.remembers()) {
            partitions.forEach(partition -> context.offset(partition, 0));
        }
    }

    @Override
    public void put(Collection<SinkRecord> records) {
        try {
            deliver(fresh(records));
            context.timeout(courier.upkeep().toMillis());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new RetriableException("stopped while telling alerts", stopping);
        }
    }

    private void deliver(List<Read> reads) throws InterruptedException {
        Delivery delivery = courier.deliver(reads.stream().map(Read::alert).toList());
        for (Refusal refusal : delivery.refused()) {
            report(reads.get(refusal.position()).record(), new DataException(refusal.reason()));
        }
        reads.subList(0, delivery.done()).forEach(read -> dealtWith(read.record()));
        if (delivery.outage() != null) {
            context.timeout(courier.pause().toMillis());
            throw new RetriableException(delivery.outage());
        }
    }

    /** Alerts to tell; what is older than this assignment a sink that remembers only learns. */
    private List<Read> fresh(Collection<SinkRecord> records) {
        var fresh = new ArrayList<Read>();
        for (SinkRecord record : records) {
            Alert alert = isDealtWith(record) ? null : read(record);
            if (alert != null && courier.remembers() && isFromBefore(record)) {
                courier.restore(alert);
                alert = null;
            }
            if (alert != null) {
                fresh.add(new Read(record, alert));
            } else if (fresh.isEmpty()) {
                dealtWith(record);
            }
        }
        return fresh;
    }

    private boolean isFromBefore(SinkRecord record) {
        return record.timestamp() != null && record.timestamp() < opened;
    }

    /** Null for a tombstone, and for what was set aside. */
    private Alert read(SinkRecord record) {
        Object value = record.value();
        if (value == null) {
            return null;
        }
        if (!(value instanceof byte[] bytes)) {
            report(record, new DataException("not bytes but " + value.getClass().getName()));
            return null;
        }
        try {
            return alerts.deserialize(record.topic(), bytes);
        } catch (RegistryException away) {
            if (away.outage()) {
                throw new RetriableException(away);
            }
            report(record, away);
        } catch (SerializationException noAlert) {
            report(record, noAlert);
        }
        return null;
    }

    private void report(SinkRecord record, RuntimeException reason) {
        var reporter = context.errantRecordReporter();
        if (reporter == null) {
            throw new ConnectException(reason);
        }
        reporter.report(record, reason);
    }

    private boolean isDealtWith(SinkRecord record) {
        Long behind = dealtWith.get(partition(record));
        return behind != null && record.originalKafkaOffset() < behind;
    }

    private void dealtWith(SinkRecord record) {
        dealtWith.merge(partition(record), record.originalKafkaOffset() + 1, Math::max);
    }

    private static TopicPartition partition(SinkRecord record) {
        return new TopicPartition(record.originalTopic(), record.originalKafkaPartition());
    }

    @Override
    public void stop() {
        if (courier != null) {
            courier.close();
        }
        if (alerts != null) {
            alerts.close();
        }
    }
}
