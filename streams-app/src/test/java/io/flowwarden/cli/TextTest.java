package io.flowwarden.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** How figures and texts look. */
final class TextTest {
    @Test
    void bytesHaveThreeFigures() {
        assertEquals("0 B", Units.bytes(0));
        assertEquals("999 B", Units.bytes(999));
        assertEquals("1.00 kB", Units.bytes(1000));
        assertEquals("12.3 MB", Units.bytes(12_345_678));
        assertEquals("1.00 GB", Units.bytes(999_999_999));
        assertEquals("9.22 EB", Units.bytes(Long.MAX_VALUE));
    }

    @Test
    void spansHaveTheUnitThatFits() {
        assertEquals("850 ms", Units.span(850));
        assertEquals("10 s", Units.span(10_000));
        assertEquals("1.50 s", Units.span(1_500));
        assertEquals("15 min", Units.span(900_000));
        assertEquals("24 h", Units.span(86_400_000));
    }

    @Test
    void sharesBelowOnePercentAreNotNothing() {
        assertEquals("0 %", Units.percent(0, 10));
        assertEquals("< 1 %", Units.percent(1, 1000));
        assertEquals("33 %", Units.percent(1, 3));
        assertEquals("0 %", Units.percent(0, 0));
    }

    @Test
    void longTextWrapsBetweenWordsOnly() {
        String word = "abcdefghi ";
        String wrapped = SummaryText.wrapped(word.repeat(15).strip(), "  ");
        assertEquals(2, wrapped.lines().count());
        assertEquals(word.repeat(15).strip(), wrapped.strip().replaceAll("\\n  ", " "));
        assertEquals("  " + "x".repeat(300), SummaryText.wrapped("x".repeat(300), "  "));
    }

    @Test
    void progressSaysHowFarOrAtLeastHowMuch() {
        assertEquals(
                "[" + "#".repeat(15) + ".".repeat(15) + "]  50 % read, 1,200 flows judged",
                Progress.line(1000, 500, 1200));
        assertEquals("2,000 bytes read, 7 flows", Progress.line(0, 2000, 7));
    }

    @Test
    void endpointsOfIpv6AreInBrackets() {
        assertEquals("[2001:db8::1]:443", FlowLine.endpoint("2001:db8::1", 443));
        assertEquals("10.0.0.1:443", FlowLine.endpoint("10.0.0.1", 443));
        assertEquals("2001:db8::1", FlowLine.endpoint("2001:db8::1", null));
        assertEquals("-", FlowLine.endpoint(null, null));
    }
}
