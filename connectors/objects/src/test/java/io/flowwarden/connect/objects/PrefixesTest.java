package io.flowwarden.connect.objects;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PrefixesTest {
    private static final Instant SINCE = Instant.parse("2026-12-31T22:40:00Z");
    private static final Instant UNTIL = Instant.parse("2027-01-01T01:30:00Z");

    @Test
    void eachDayOfTheWindowIsListedAlsoOverTheEndOfAYear() {
        assertEquals(List.of("x/2026/12/31/", "x/2027/01/01/"), of("x/{yyyy}/{MM}/{dd}/"));
    }

    @Test
    void hoursReachOneAhead() {
        assertEquals(
                List.of("2026123122", "2026123123", "2027010100", "2027010101", "2027010102"),
                of("{yyyy}{MM}{dd}{HH}"));
    }

    @Test
    void monthsAndYearsAreListedOnce() {
        assertEquals(List.of("2026-12", "2027-01"), of("{yyyy}-{MM}"));
        assertEquals(List.of("2026", "2027"), of("{yyyy}"));
    }

    @Test
    void whatHasNoTimeIsListedAsItIs() {
        assertEquals(List.of("", "logs/"), new Prefixes(List.of("", "logs/")).of(SINCE, UNTIL));
    }

    @Test
    void otherBracesAndFieldsWithoutTheirLargerOnesAreFaults() {
        assertNull(Prefixes.fault("y={yyyy}/m={MM}/d={dd}/h={HH}/"));
        assertNotNull(Prefixes.fault("{yy}/"));
        assertNotNull(Prefixes.fault("{yyyy/"));
        assertNotNull(Prefixes.fault("{yyyy}/{dd}/"));
        assertNotNull(Prefixes.fault("{HH}"));
    }

    private static List<String> of(String pattern) {
        return new Prefixes(List.of(pattern)).of(SINCE, UNTIL);
    }
}
