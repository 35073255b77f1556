package io.flowwarden.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.flowwarden.catalog.Catalog;
import io.flowwarden.schemas.PortRule;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RuleTableTest {
    private static final Catalog CATALOG = Catalog.bundled();

    @Test
    void aPortFindsTheRangesAroundIt() {
        List<PortRule> found = found("10002/tcp", "platespin");
        assertEquals(
                List.of("1025-65535", "1025-65535", "10000-10025"),
                found.stream().map(r -> r.getPortFrom() + "-" + r.getPortTo()).toList());
    }

    @Test
    void wordsNarrowEachOther() {
        assertEquals(
                List.of("vsphere-replication-31031-tcp-esxi-host-vr-server"),
                found("31031", "ESXI", "000:26").stream().map(PortRule::getId).toList());
        assertEquals(List.of(), found("31031", "000:27"));
    }

    @Test
    void aServiceFindsItsTransportOnly() {
        assertEquals(
                List.of("udp"),
                found("902/udp").stream().map(PortRule::getTransport).distinct().toList());
    }

    @Test
    void icmpHasNoPortToFind() {
        assertEquals(0, found("0").size());
        assertEquals("icmp", found("ping between").get(0).getTransport());
    }

    @Test
    void linesAreByPortAndAligned() {
        List<String> lines = RuleTable.lines(found("data-recovery"));
        assertEquals(
                List.of("PORT", "443/tcp", "902/tcp", "22024/tcp"),
                lines.stream().map(line -> line.substring(0, line.indexOf(' '))).toList());
        int server = lines.get(0).indexOf("SERVER");
        assertEquals("vdr-appliance ", lines.get(1).substring(server, server + 14));
        assertEquals("esx-host      ", lines.get(2).substring(server, server + 14));
        int id = lines.get(0).indexOf("ID");
        assertEquals(
                List.of("ID", "data-rec", "data-rec", "data-rec"),
                lines.stream()
                        .map(line -> line.substring(id, Math.min(id + 8, line.length())))
                        .toList());
    }

    @Test
    void noRulesAreNoLines() {
        assertEquals(List.of(), RuleTable.lines(found("no such word")));
    }

    private static List<PortRule> found(String... words) {
        var search = new RuleSearch(Arrays.asList(words));
        return CATALOG.rules().stream().filter(search::finds).toList();
    }
}
