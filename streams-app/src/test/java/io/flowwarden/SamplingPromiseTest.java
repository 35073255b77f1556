package io.flowwarden;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.flowwarden.judge.FlowsWanted;
import io.flowwarden.raw.RawFormat;
import io.flowwarden.raw.RawRecord;
import io.flowwarden.schemas.EstateEntry;
import io.flowwarden.schemas.Flow;
import io.flowwarden.schemas.Source;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A sampling rate that only the estate states holds for what is published. */
class SamplingPromiseTest {
    private static final byte[] LINE =
            ("2 123456789012 eni-0a1b2c3d 10.1.0.1 10.2.0.2 50000 31031 6 10 1000 1780000000"
                            + " 1780000060 ACCEPT OK\n")
                    .getBytes(UTF_8);

    @Test
    void flowsAreMultipliedFromTheRevisionOnThatSaysSo() throws IOException {
        try (var scene = new TopologyScene(FlowsWanted.ALL, 1)) {
            scene.publish(List.of());
            Flow before = judged(scene, "aws/fl-1");
            assertNull(before.getSampling());
            assertEquals(1_000, before.getBytes());

            scene.publishEstate(
                    List.of(
                            new EstateEntry(
                                    "source",
                                    "aws/fl-1",
                                    new Source("aws/fl-1", null, null, false, 20))),
                    true);
            Flow after = judged(scene, "aws/fl-1");
            assertEquals(20, after.getSampling());
            assertEquals(20_000, after.getBytes());
            assertEquals(200, after.getPackets());
            assertNull(judged(scene, "aws/fl-2").getSampling());
        }
    }

    private static Flow judged(TopologyScene scene, String source) {
        scene.pipe(
                new RawRecord(
                        source,
                        RawFormat.AWS,
                        1_780_000_100_000L,
                        null,
                        null,
                        null,
                        null,
                        false,
                        LINE));
        return scene.flows().get(0).getFlow();
    }
}
