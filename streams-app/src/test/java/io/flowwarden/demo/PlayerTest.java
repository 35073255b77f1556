package io.flowwarden.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flowwarden.decode.DecodeReport;
import io.flowwarden.decode.Decoder;
import io.flowwarden.decode.TemplateStore;
import io.flowwarden.flow.FlowBatch;
import io.flowwarden.flow.Flows;
import io.flowwarden.raw.RawFormat;
import io.flowwarden.raw.RawRecord;
import io.flowwarden.raw.SourceIds;
import io.flowwarden.schemas.Flow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PlayerTest {
    private static final long NOW = 1_795_212_000_000L;

    private final List<Flow> flows = new ArrayList<>();
    private final FlowBatch batch = new FlowBatch();
    private final Decoder decoder = new Decoder(new Templates());
    private final Player player = new Player(NOW, this::decode);

    @Test
    void everyRecordPlayedIsAFlowDecoded() throws IOException {
        int sent = 0;
        for (int second = 0; second < 120; second++) {
            sent += player.playSecond(NOW + second * 1000L);
        }
        assertTrue(sent > 1000);
        assertEquals(sent, flows.size());
    }

    @Test
    void timesAreThoseOfThePlay() throws IOException {
        player.playSecond(NOW);
        for (Flow flow : flows) {
            assertTrue(flow.getStart() >= NOW - 1000 && flow.getStart() < NOW, flow.toString());
            assertTrue(flow.getEnd() > flow.getStart() && flow.getEnd() <= NOW, flow.toString());
        }
    }

    @Test
    void replicationAndItsReplyAreOneConversation() throws IOException {
        player.playSecond(NOW);
        Flow request = find("10.1.10.11", 31031);
        Flow reply =
                flows.stream().filter(flow -> flow.getSrcPort() == 31031).findFirst().orElseThrow();
        assertEquals(request.getSrcPort(), reply.getDstPort());
        assertEquals(request.getSrc(), reply.getDst());
        assertEquals(6_400_000L, request.getBytes());
    }

    @Test
    void intruderKnocksWithinTheFirstSeconds() throws IOException {
        for (int second = 0; second < 6; second++) {
            player.playSecond(NOW + second * 1000L);
        }
        assertEquals(2, find("10.1.99.77", 31031).getTcpFlags());
        assertEquals("tcp", find("10.1.66.6", 31031).getTransport());
    }

    private Flow find(String src, int port) {
        return flows.stream()
                .filter(flow -> src.equals(flow.getSrc()) && flow.getDstPort() == port)
                .findFirst()
                .orElseThrow();
    }

    private void decode(byte[] datagram) {
        String source = SourceIds.netflow("127.0.0.1", datagram);
        DecodeReport report =
                decoder.decode(
                        new RawRecord(
                                source,
                                RawFormat.NETFLOW,
                                NOW,
                                "127.0.0.1",
                                null,
                                null,
                                null,
                                false,
                                datagram),
                        batch);
        assertNull(report.rejected());
        assertEquals(0, report.rejectedParts());
        assertEquals(0, report.skippedSets());
        for (int row = 0; row < batch.size(); row++) {
            flows.add(Flows.of(batch, row));
        }
    }

    private static final class Templates implements TemplateStore {
        private final Map<String, byte[]> bySource = new HashMap<>();

        @Override
        public byte[] get(String source) {
            return bySource.get(source);
        }

        @Override
        public void put(String source, byte[] templates) {
            bySource.put(source, templates);
        }
    }
}
