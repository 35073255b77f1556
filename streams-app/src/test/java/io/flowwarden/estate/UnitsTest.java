package io.flowwarden.estate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnitsTest {
    @Test
    void durations() {
        assertEquals(Duration.ofSeconds(10), Units.duration("10s"));
        assertEquals(Duration.ofMinutes(15), Units.duration("15m"));
        assertEquals(Duration.ofMinutes(90), Units.duration("1.5h"));
        assertEquals(Duration.ofDays(7), Units.duration("7 d"));
        for (String text : List.of("", "10", "s", "0s", "-1s", "1M", "0.5s", "99999d", "1h30m")) {
            assertNull(Units.duration(text), text);
        }
    }

    @Test
    void sizesAreDecimalUnlessTheySayBinary() {
        assertEquals(10_000_000_000L, Units.bytes("10GB"));
        assertEquals(10L << 30, Units.bytes("10GiB"));
        assertEquals(1_500L, Units.bytes("1.5kB"));
        assertEquals(1L, Units.bytes("1B"));
        for (String text : List.of("10", "10G", "10Gb", "0GB", "1.5B", "99999999PB")) {
            assertNull(Units.bytes(text), text);
        }
    }

    @Test
    void bitRatesAreDecimal() {
        assertEquals(1_000_000_000L, Units.bitsPerSecond("1Gbps"));
        assertEquals(2_500_000L, Units.bitsPerSecond("2.5 Mbps"));
        assertNull(Units.bitsPerSecond("1Gibps"));
        assertNull(Units.bitsPerSecond("1GB"));
    }

    @Test
    void percentages() {
        assertEquals(new BigDecimal("80"), Units.percent("80%"));
        assertEquals(new BigDecimal("99.5"), Units.percent("99.5%"));
        for (String text : List.of("80", "0%", "100.1%", "-5%", "%")) {
            assertNull(Units.percent(text), text);
        }
    }

    @Test
    void services() {
        for (String text : List.of("902/udp", "8000-8010/tcp", "0/tcp", "65535/udp", "icmp")) {
            assertEquals(text, Service.parse(text).text());
        }
        assertEquals("443/tcp", Service.parse("443-443/tcp").text());
        for (String text : List.of("902", "/udp", "udp/902", "65536/tcp", "2-1/tcp", "8/icmp")) {
            assertNull(Service.parse(text), text);
        }
    }
}
