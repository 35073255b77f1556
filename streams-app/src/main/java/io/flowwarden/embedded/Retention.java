package io.flowwarden.embedded;

import io.flowwarden.topics.Topic;
import io.flowwarden.topics.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** How much an embedded broker keeps of what came and of what was said about it. */
public enum Retention {
    /** Everything for as long as on a cluster: whoever reads files judges all of them. */
    BY_TIME {
        @Override
        Topics of(Topics topics) {
            return topics;
        }
    },

    /**
     * What the disk of a small site bears, a gigabyte and a half in all: a broker deletes whole
     * segments, so it is a segment more for each partition at times.
     */
    SMALL_SITE {
        @Override
        Topics of(Topics topics) {
            return new Topics(
                    bounded(topics.raw(), Duration.ofHours(24), 1 << 30),
                    bounded(topics.flows(), Duration.ofDays(7), 256 << 20),
                    bounded(topics.findings(), Duration.ofHours(24), 64 << 20),
                    topics.actions(),
                    topics.alerts(),
                    bounded(topics.rejected(), Duration.ofDays(7), 64 << 20),
                    topics.catalog(),
                    topics.estate());
        }
    };

    private static final int SEGMENT = 32 << 20;

    abstract Topics of(Topics topics);

    private static Topic bounded(Topic topic, Duration time, long bytes) {
        var settings = new HashMap<>(topic.settings());
        settings.put("retention.ms", Long.toString(time.toMillis()));
        settings.put("retention.bytes", Long.toString(bytes / topic.partitions()));
        settings.put("segment.bytes", Integer.toString(SEGMENT));
        return new Topic(topic.kind(), topic.name(), topic.partitions(), Map.copyOf(settings));
    }
}
