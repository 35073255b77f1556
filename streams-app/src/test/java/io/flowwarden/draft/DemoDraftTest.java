package io.flowwarden.draft;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flowwarden.catalog.Catalog;
import io.flowwarden.decode.Decoder;
import io.flowwarden.decode.MemoryTemplates;
import io.flowwarden.demo.Player;
import io.flowwarden.estate.EstateFile;
import io.flowwarden.flow.FlowBatch;
import io.flowwarden.raw.RawFormat;
import io.flowwarden.raw.RawRecord;
import io.flowwarden.raw.SourceIds;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Two minutes of the demo's play, over NetFlow v9, drafted: near to the estate that it bundles. */
final class DemoDraftTest {
    private static final long NOW = 1_795_212_000_000L;

    @Test
    void demoIsDraftedAsItsTwoSites() throws IOException {
        String text = draft();
        EstateFile.parse("demo", text.getBytes(UTF_8), Catalog.bundled());
        assertHas(text, "\n    networks: [10.1.0.0/16]\n");
        assertHas(text, "\n    networks: [10.2.0.0/16]\n");
        assertHas(text, "address: 10.1.20.2, roles: [vcenter-server]}");
        assertHas(text, "address: 10.2.20.2, roles: [vcenter-server]}");
        assertHas(text, "address: 10.1.20.5, roles: [vr-appliance]}");
        assertHas(text, "address: 10.2.20.5, roles: [vr-appliance, vr-server]}");
        assertHas(text, "address: 10.1.30.5, roles: [backup-proxy]}");
        assertHas(text, "address: 10.1.40.1, roles: [jetstream-msa]}");
        assertHas(text, "address: 10.1.40.2, roles: [jetstream-drva]}");
        assertHas(text, "\n      - 10.1.10.11  # ");
        assertHas(text, "\n      - 10.2.10.12  # ");
        assertHas(text, "\n    every: 10s  # ");
        assertHas(text, "\n    misses: 9  # longest interval 10s; reports come up to 90s late");
        assertHas(text, "\n    service: 31031/tcp\n    rpo: 15m  # a guess: seen for ");
        // Seen for minutes, the backup has no hours yet.
        assertHas(text, "\n  # - name: nightly-backup-proxy-10-1-30-5");
        assertFalse(text.contains("\n      - 10.1.66.6"), text);
        assertFalse(text.contains("address: 10.1.99.77"), text);
    }

    private static String draft() throws IOException {
        var decoder = new Decoder(new MemoryTemplates());
        var draft = new Draft(Catalog.bundled());
        var batch = new FlowBatch();
        long[] now = {NOW};
        var player =
                new Player(
                        NOW,
                        datagram -> {
                            String source = SourceIds.netflow("127.0.0.1", datagram);
                            decoder.decode(
                                    new RawRecord(
                                            source,
                                            RawFormat.NETFLOW,
                                            now[0],
                                            "127.0.0.1",
                                            null,
                                            null,
                                            null,
                                            false,
                                            datagram),
                                    batch);
                            draft.observe(batch);
                        });
        for (int second = 0; second < 120; second++) {
            player.playSecond(now[0]);
            now[0] += 1000;
        }
        return String.join("\n", draft.lines());
    }

    private static void assertHas(String text, String part) {
        assertTrue(text.contains(part), part + "\nnot in\n" + text);
    }
}
