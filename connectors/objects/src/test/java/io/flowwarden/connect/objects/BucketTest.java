package io.flowwarden.connect.objects;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BucketTest {
    @Test
    void allObjectsOfALogAreOfOneLaneAndSpreadOverItsParts() {
        oneLane("AWSLogs/1/vpcflowlogs/eu-west-3/2026/11/%1$02d/1_fl-0ab1_2026112%1$d.log.gz");
        oneLane(
                "flowLogResourceID=/S_NW/NW_VNET/y=2026/m=11/d=%02d/h=00/m=00/macAddress=0/PT1H.json");
        oneLane("aws-region=eu/year=2026/month=11/day=%02d/log.gz");
        oneLane("logs/firewall-%d.log");
    }

    @Test
    void anyNumberOfTasksHasEveryBucketOnce() {
        for (int tasks = 1; tasks <= Bucket.LANES; tasks++) {
            for (int bucket = 0; bucket < Bucket.LANES * Bucket.PARTS; bucket++) {
                int owners = 0;
                for (int task = 0; task < tasks; task++) {
                    owners += Bucket.isOf(bucket, task, tasks) ? 1 : 0;
                }
                assertEquals(1, owners);
            }
        }
    }

    @Test
    void bucketsOfKnownKeysStayWhatOffsetsSay() {
        assertEquals(
                128, Bucket.of("AWSLogs/1/vpcflowlogs/eu-west-3/2026/11/21/1_fl-0ab1_a.log.gz"));
    }

    @Test
    void onlyOurOwnPartitionsAreAccepted() {
        assertNull(Bucket.fault(Bucket.partition("s3://b", 255)));
        assertNotNull(Bucket.fault(Map.of("store", "s3://b", "bucket", "256")));
        assertNotNull(Bucket.fault(Map.of("store", "s3://b")));
        assertNotNull(Bucket.fault(Map.of("store", "s3://b", "bucket", 1, "more", 2)));
        assertNotNull(Bucket.fault(null));
    }

    private static void oneLane(String key) {
        var lanes = new HashSet<Integer>();
        var buckets = new HashSet<Integer>();
        for (int day = 1; day < 60; day++) {
            int bucket = Bucket.of(key.formatted(day));
            lanes.add(bucket / Bucket.PARTS);
            buckets.add(bucket);
        }
        assertEquals(1, lanes.size(), key);
        assertTrue(buckets.size() > 4, key);
    }

    @Test
    void partitionHasOneOrderInEveryProcess() {
        for (int bucket = 0; bucket < 100; bucket++) {
            assertEquals(
                    List.of("bucket", "store"),
                    List.copyOf(Bucket.partition("file:///logs/" + bucket, bucket).keySet()));
        }
    }
}
