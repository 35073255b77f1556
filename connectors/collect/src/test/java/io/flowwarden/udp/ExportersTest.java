package io.flowwarden.udp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flowwarden.net.Prefix;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ExportersTest {
    @Test
    void onlyListedExportersMaySend() throws Exception {
        var allow = List.of(Prefix.parse("10.1.0.0/16"), Prefix.parse("2001:db8::/32"));
        var exporters = new Exporters(allow, 0, 10);
        assertEquals("10.1.2.3", exporters.of(address("10.1.2.3"), 0).text());
        assertEquals("2001:db8::1", exporters.of(address("2001:db8::1"), 0).text());
        assertNull(exporters.of(address("10.2.0.1"), 0));
        assertNull(exporters.of(address("2001:db9::1"), 0));
    }

    @Test
    void eachExporterHasItsOwnRate() throws Exception {
        var exporters = new Exporters(List.of(), 1, 10);
        var one = exporters.of(address("10.0.0.1"), 0);
        var other = exporters.of(address("10.0.0.2"), 0);
        assertTrue(exporters.isWithinRate(one, 0));
        assertFalse(exporters.isWithinRate(one, 0));
        assertTrue(exporters.isWithinRate(other, 0));
    }

    @Test
    void theExporterThatWasSilentLongestMakesRoom() throws Exception {
        var exporters = new Exporters(List.of(), 0, 2);
        var kept = exporters.of(address("10.0.0.1"), 0);
        var forgotten = exporters.of(address("10.0.0.2"), 0);
        exporters.of(address("10.0.0.1"), 0);
        assertNotNull(exporters.of(address("10.0.0.3"), 0));
        assertSame(kept, exporters.of(address("10.0.0.1"), 0));
        assertNotSame(forgotten, exporters.of(address("10.0.0.2"), 0));
    }

    private static InetAddress address(String text) throws UnknownHostException {
        return InetAddress.getByName(text);
    }
}
