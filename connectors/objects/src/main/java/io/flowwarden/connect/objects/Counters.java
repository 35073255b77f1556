package io.flowwarden.connect.objects;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.common.metrics.PluginMetrics;

/** What a task has done and what it could not do. */
final class Counters {
    final AtomicLong scans = new AtomicLong();
    final AtomicLong listed = new AtomicLong();
    final AtomicLong waiting = new AtomicLong();
    final AtomicLong tooOld = new AtomicLong();
    final AtomicLong read = new AtomicLong();
    final AtomicLong bytes = new AtomicLong();
    final AtomicLong records = new AtomicLong();
    final AtomicLong damaged = new AtomicLong();
    final AtomicLong unknown = new AtomicLong();
    final AtomicLong gone = new AtomicLong();
    final AtomicLong givenUp = new AtomicLong();
    final AtomicLong errors = new AtomicLong();
    final AtomicLong latest = new AtomicLong();

    /** Makes them visible beside the worker's own metrics. */
    void register(PluginMetrics metrics) {
        named().forEach(
                        (name, counter) ->
                                metrics.addMetric(
                                        name(metrics, name),
                                        (Gauge<Long>) (config, now) -> counter.get()));
    }

    private static MetricName name(PluginMetrics metrics, String name) {
        return metrics.metricName(name, DESCRIPTIONS.get(name), new LinkedHashMap<>());
    }

    private Map<String, AtomicLong> named() {
        var all = new LinkedHashMap<String, AtomicLong>();
        all.put("scans-total", scans);
        all.put("objects-listed-total", listed);
        all.put("objects-waiting", waiting);
        all.put("objects-too-old", tooOld);
        all.put("objects-read-total", read);
        all.put("bytes-read-total", bytes);
        all.put("records-total", records);
        all.put("objects-damaged-total", damaged);
        all.put("objects-unknown-total", unknown);
        all.put("objects-gone-total", gone);
        all.put("objects-given-up-total", givenUp);
        all.put("store-errors-total", errors);
        all.put("latest-object-ms", latest);
        return all;
    }

    static final Map<String, String> DESCRIPTIONS = descriptions();

    private static Map<String, String> descriptions() {
        var all = new LinkedHashMap<String, String>();
        all.put("scans-total", "Listings of all prefixes that came to their end.");
        all.put("objects-listed-total", "Objects that those listings named, each time.");
        all.put("objects-waiting", "Objects found and not read yet.");
        all.put(
                "objects-too-old",
                "Objects of the last listing that are older than the look-back window and were"
                        + " never read.");
        all.put("objects-read-total", "Objects read to their end; a growing one each time.");
        all.put("bytes-read-total", "Bytes taken from the store, as they lie there.");
        all.put("records-total", "Raw records made, ticks not counted.");
        all.put("objects-damaged-total", "Objects whose rest could not be read.");
        all.put("objects-unknown-total", "Objects that are no flow log.");
        all.put("objects-gone-total", "Objects that vanished between listing and reading.");
        all.put(
                "objects-given-up-total",
                "Objects that could not be read and fell out of the look-back window.");
        all.put("store-errors-total", "Requests that failed and were tried again.");
        all.put("latest-object-ms", "Modification time of the newest object read, epoch ms.");
        return all;
    }
}
