package io.flowwarden.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flowwarden.schemas.Endpoint;
import io.flowwarden.schemas.EstateEntry;
import io.flowwarden.schemas.PortRule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageDecoder;
import org.junit.jupiter.api.Test;

class RevisionTest {
    @Test
    void orderDoesNotMatter() {
        List<PortRule> rules = Catalog.bundled().rules();
        var shuffled = new ArrayList<>(rules);
        Collections.shuffle(shuffled, new Random(1));
        assertEquals(Revision.of(rules), Revision.of(shuffled));
        assertEquals(rules.size(), Revision.of(rules).count());
    }

    @Test
    void everyFieldMatters() {
        PortRule rule = Catalog.bundled().rule("vsphere-replication-31031-tcp-esxi-host-vr-server");
        List<PortRule> others =
                List.of(
                        PortRule.newBuilder(rule).setPortTo(31_032).build(),
                        PortRule.newBuilder(rule).setScope("inter-site").build(),
                        PortRule.newBuilder(rule).setScope("").build(),
                        PortRule.newBuilder(rule).setScope("null").build(),
                        PortRule.newBuilder(rule).setFlags(List.of()).build(),
                        PortRule.newBuilder(rule)
                                .setSourceRoles(List.of())
                                .setTargetRoles(List.of("esxi-host", "vr-server"))
                                .build());
        for (PortRule other : others) {
            assertNotEquals(Revision.of(List.of(rule)), Revision.of(List.of(other)));
        }
        assertNotEquals(Revision.of(List.of(rule)), Revision.of(List.of(rule, rule)));
    }

    @Test
    void orderOfMovedPortsDoesNotMatterEither() {
        var one = new LinkedHashMap<String, Integer>();
        one.put("a", 1);
        one.put("b", 2);
        var other = new LinkedHashMap<String, Integer>();
        other.put("b", 2);
        other.put("a", 1);
        assertEquals(moving(one), moving(other));
        other.put("a", 2);
        assertNotEquals(moving(one), moving(other));
    }

    @Test
    void whatComesBackFromAvroHasTheSameRevision() throws IOException {
        PortRule rule = Catalog.bundled().rules().get(0);
        var generic = new BinaryMessageDecoder<GenericRecord>(GenericData.get(), rule.getSchema());
        GenericRecord back = generic.decode(rule.toByteBuffer());
        assertEquals(Revision.of(List.of(rule)), Revision.of(List.of(back)));
    }

    @Test
    void theHashIsSixteenHexadecimalDigits() {
        assertTrue(Catalog.bundled().revision().hash().matches("[0-9a-f]{16}"));
        assertEquals(new Revision(0, "0000000000000000"), Revision.of(List.<PortRule>of()));
    }

    private static Revision moving(Map<String, Integer> services) {
        var endpoint = new Endpoint(List.of("10.0.0.1"), List.of(), null, services, false);
        return Revision.of(List.of(new EstateEntry("endpoint", "e", endpoint)));
    }
}
