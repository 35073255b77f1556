package io.flowwarden.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flowwarden.topics.Topic;
import io.flowwarden.topics.Topics;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RetentionTest {
    private static final Topics TOPICS = Topics.under("").withPartitions(Map.of("raw", 2));

    @Test
    void aSmallSitesDiskHasABoundInBytesAndHours() {
        Topics kept = Retention.SMALL_SITE.of(TOPICS);
        assertEquals("86400000", kept.raw().settings().get("retention.ms"));
        assertEquals("" + (1 << 29), kept.raw().settings().get("retention.bytes"));
        for (Topic topic : kept.all()) {
            boolean compacted = "compact".equals(topic.settings().get("cleanup.policy"));
            assertTrue(compacted || bytes(topic) <= 1 << 30, topic.toString());
        }
        assertEquals(
                "LogAppendTime", kept.raw().settings().get("message.timestamp.type"), "as ever");
    }

    @Test
    void whatIsReadFromFilesIsKeptUntilItIsJudged() {
        for (Topic topic : Retention.BY_TIME.of(TOPICS).all()) {
            assertEquals(null, topic.settings().get("retention.bytes"), topic.toString());
        }
    }

    /** What the broker may keep of the topic. */
    private static long bytes(Topic topic) {
        return topic.partitions() * Long.parseLong(topic.settings().get("retention.bytes"));
    }
}
