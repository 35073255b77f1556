package io.flowwarden.judge;

import io.flowwarden.catalog.Revision;
import io.flowwarden.classify.Knowledge;
import io.flowwarden.revision.Revised;
import io.flowwarden.roster.Roster;
import io.flowwarden.schemas.EstateEntry;
import io.flowwarden.schemas.PortRule;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Catalog and estate as last completed, compiled; one for each topology instance. The global thread
 * replaces it, the judge reads it once per batch.
 */
public final class CurrentKnowledge {
    private static final Logger LOG = LoggerFactory.getLogger(CurrentKnowledge.class);

    private final CountDownLatch first = new CountDownLatch(1);
    private final Part<PortRule> catalog;
    private final Part<EstateEntry> estate;
    private volatile State state;

    /** What belongs together: verdicts and links of one state of catalog and estate. */
    record State(Knowledge knowledge, Roster roster) {}

    public CurrentKnowledge(MeterRegistry meters) {
        catalog = new Part<>("catalog", meters);
        estate = new Part<>("estate", meters);
    }

    public Revised<PortRule> catalog() {
        return catalog;
    }

    public Revised<EstateEntry> estate() {
        return estate;
    }

    /** Whether there is a catalog to judge by; the estate may come later, or never. */
    public boolean isComplete() {
        return state != null;
    }

    /** Links and sources of the estate in force; empty before there is one. */
    public Roster roster() {
        State now = state;
        return now == null ? Roster.EMPTY : now.roster();
    }

    /** Waits for the first catalog. */
    public void await() throws InterruptedException {
        first.await();
    }

    State get() {
        State now = state;
        if (now == null) {
            throw new IllegalStateException("nothing is judged before there is a catalog");
        }
        return now;
    }

    private synchronized void settle(
            List<PortRule> rules, Revision ofRules, List<EstateEntry> entries, Revision ofEntries) {
        if (rules == null) {
            return;
        }
        String estateHash = ofEntries == null ? null : ofEntries.hash();
        state =
                new State(
                        Knowledge.compile(rules, entries, ofRules.hash(), estateHash),
                        Roster.compile(entries, estateHash));
        LOG.info("judging by catalog {} and estate {}", ofRules, ofEntries);
        first.countDown();
    }

    private final class Part<T> implements Revised<T> {
        private final Counter refused;
        private final AtomicInteger entries = new AtomicInteger();
        private List<T> content;
        private Revision revision;

        Part(String topic, MeterRegistry meters) {
            refused =
                    Counter.builder("flowwarden.revision.refused")
                            .tag("topic", topic)
                            .description("Records of the topic that completed no revision")
                            .register(meters);
            meters.gauge("flowwarden.revision.entries", List.of(Tag.of("topic", topic)), entries);
        }

        @Override
        @SuppressWarnings("unchecked") // T is the other part's type only in the other part
        public void accept(Map<String, T> found, Revision complete) {
            List<T> next = List.copyOf(found.values());
            if (this == (Object) catalog) {
                settle((List<PortRule>) next, complete, estate.content, estate.revision);
            } else {
                settle(catalog.content, catalog.revision, (List<EstateEntry>) next, complete);
            }
            // Only now: what cannot be compiled leaves the last revision in use.
            content = next;
            revision = complete;
            entries.set(next.size());
        }

        @Override
        public void refuse(String reason) {
            refused.increment();
        }
    }
}
