package io.flowwarden.decode.netflow;

import static io.flowwarden.decode.ExportBytes.raw;
import static io.flowwarden.decode.ExportBytes.set;
import static io.flowwarden.decode.ExportBytes.template;
import static io.flowwarden.decode.ExportBytes.v9;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flowwarden.decode.DecodeLimits;
import io.flowwarden.decode.Exporter;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Templates in heap are bounded by what they weigh, whoever defines them. */
class CompiledSourcesTest {
    private static SourceTemplates heavy() {
        var templates = new SourceTemplates();
        var lengths = new int[1_000];
        lengths[0] = 1;
        for (int id = 256; id < 264; id++) {
            templates.define(
                    SourceTemplates.key(9, 0, id),
                    new Template(false, 0, new int[1_000], new int[1_000], lengths));
        }
        return templates;
    }

    @Test
    void manySourcesOfLargeTemplatesPushOutWhoWasNotAskedForLongest() {
        var sources = new CompiledSources();
        var known = new SourceTemplates();
        sources.weigh("known", known);
        for (int i = 0; i < 1_000; i++) {
            sources.weigh("spoofed" + i, heavy());
            assertTrue(sources.weight() <= CompiledSources.MOST);
            assertEquals(known, sources.get("known"));
        }
        assertNull(sources.get("spoofed0"));
        assertNotNull(sources.get("spoofed999"));
    }

    @Test
    void whatIsForgottenWeighsNothing() {
        var sources = new CompiledSources();
        sources.weigh("a", heavy());
        int heavy = sources.weight();
        sources.weigh("b", heavy());
        assertEquals(2 * heavy, sources.weight());
        sources.remove("a");
        assertEquals(heavy, sources.weight());
        sources.clear();
        assertEquals(0, sources.weight());
    }

    @Test
    void aSourceThatWasPushedOutIsReadFromTheStoreAgain() {
        var exporter = new Exporter();
        exporter.send("netflow/10.0.0.1/0", v9(0, set(0, template(256, 7, 2))));
        int[] fields = new int[2 * DecodeLimits.DEFAULTS.templateFields()];
        Arrays.fill(fields, 1);
        for (int i = 0; i < CompiledSources.MOST / 1_000; i++) {
            exporter.send("netflow/10.0.0.2/" + i, v9(i, set(0, template(256, fields))));
        }
        exporter.send("netflow/10.0.0.1/0", v9(0, set(256, raw().u16(443).u16(0).get())));
        assertEquals(2, exporter.batch.size());
    }
}
