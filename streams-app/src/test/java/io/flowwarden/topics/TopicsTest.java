package io.flowwarden.topics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TopicsTest {
    private final Topics topics = Topics.under("site-a.");

    @Test
    void namesCarryThePrefix() {
        assertEquals(
                List.of(
                        "site-a.raw",
                        "site-a.flows",
                        "site-a.findings",
                        "site-a.actions",
                        "site-a.alerts",
                        "site-a.rejected",
                        "site-a.catalog",
                        "site-a.estate"),
                topics.all().stream().map(Topic::name).toList());
    }

    @Test
    void partitionCountsCanBeChosenBeforeCreation() {
        Topics wide = topics.withPartitions(Map.of("raw", 48));
        assertEquals(48, wide.raw().partitions());
        assertEquals(topics.flows(), wide.flows());
    }

    @Test
    void aRevisionNeedsTheOrderOfOnePartition() {
        var fault =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> topics.withPartitions(Map.of("estate", 2)));
        assertEquals(
                "partitions of estate was 2 but a revision needs the order of one partition",
                fault.getMessage());
        assertThrows(IllegalArgumentException.class, () -> topics.withPartitions(Map.of("rwa", 3)));
        assertThrows(IllegalArgumentException.class, () -> topics.withPartitions(Map.of("raw", 0)));
    }
}
