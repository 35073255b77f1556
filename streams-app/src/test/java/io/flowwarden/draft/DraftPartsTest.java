package io.flowwarden.draft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flowwarden.catalog.Catalog;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DraftPartsTest {
    private static final long MONDAY = LocalDate.parse("2026-11-16").toEpochDay() * 288;

    /** What {@link Casting} takes for granted; a catalog that says otherwise must change it. */
    @Test
    void catalogPairsTheseRolesOnTheTellingPorts() {
        assertPaired(Service.REPLICATION, "esxi-host", "vr-server");
        assertPaired(Service.ENCRYPTED_REPLICATION, "esxi-host", "vr-server");
        assertPaired(Service.APPLIANCE_PAIR, "vr-appliance", "vr-appliance");
        assertPaired(Service.APPLIANCE_PAIR, "vcenter-server", "vr-appliance");
        assertPaired(Service.APPLIANCE_PAIR, "hypervisor", "hypervisor");
        assertPaired(Service.REPLICATION_CONTROL, "vr-appliance", "vr-server");
        assertPaired(Service.HEARTBEAT, "hypervisor", "vcenter-server");
        assertPaired(Service.DISKS, "backup-proxy", "esxi-host");
        assertPaired(Service.ISCSI, "hypervisor", "iscsi-target");
        assertPaired(Service.JETSTREAM_DATA, "esxi-host", "jetstream-drva");
        assertPaired(Service.JETSTREAM_DATA, "jetstream-rocva", "jetstream-drva");
        assertPaired(Service.JETSTREAM_CONTROL, "jetstream-msa", "jetstream-drva");
        assertPaired(Service.JETSTREAM_CONTROL, "jetstream-msa", "jetstream-rocva");
        assertPaired(Service.DATA_RECOVERY, "vdr-client-plugin", "vdr-appliance");
    }

    private static void assertPaired(Service service, String client, String server) {
        assertTrue(
                Catalog.bundled().rules().stream()
                        .anyMatch(
                                rule ->
                                        rule.getPortFrom() != null
                                                && rule.getPortFrom() <= service.port()
                                                && rule.getPortTo() >= service.port()
                                                && service.text().endsWith(rule.getTransport())
                                                && rule.getSourceRoles().contains(client)
                                                && rule.getTargetRoles().contains(server)),
                service + " from " + client + " to " + server);
    }

    @Test
    void medianOfVeryManyGapsIsThatOfASample() {
        var gaps = new Gaps();
        for (int i = 0; i < 100_000; i++) {
            gaps.sighted(i * 10_000L + (i % 5) * 100);
        }
        gaps.sighted(100_000 * 10_000L + 45_000);
        assertEquals(10_100, gaps.median(), 200);
        assertTrue(gaps.longest() > 50_000);
        assertEquals(100_000, gaps.count());
    }

    @Test
    void twoReportsOfOneSightingAreNoGap() {
        var gaps = new Gaps();
        for (int i = 0; i < 10; i++) {
            gaps.sighted(i * 60_000L);
            gaps.sighted(i * 60_000L + 300);
            gaps.sighted(i * 60_000L - 30_000);
        }
        assertEquals(9, gaps.count());
        assertEquals(60_000, gaps.median());
    }

    @Test
    void windowMayPassMidnightAndNamesTheDaysItStarts() {
        var slots = new ArrayList<Long>();
        for (int day = 0; day < 12; day++) {
            if (day % 7 < 5 && day != 8) {
                for (int slot = 270; slot < 320; slot++) {
                    slots.add(MONDAY + day * 288L + slot);
                }
            }
        }
        Nightly nightly = nightly(slots, MONDAY);
        assertEquals("22:30", Nightly.time(nightly.start()));
        assertEquals("23:00", Nightly.time(nightly.startBy()));
        assertEquals("03:00", Nightly.time(nightly.end()));
        assertEquals(List.of("mon", "tue", "wed", "thu", "fri"), nightly.days());
        assertEquals(List.of(LocalDate.parse("2026-11-24")), nightly.missed());
    }

    @Test
    void oneRestoreInTheAfternoonIsNoPartOfTheWindow() {
        var slots = new ArrayList<Long>();
        for (int day = 0; day < 6; day++) {
            slots.add(MONDAY + day * 288L + 12);
            slots.add(MONDAY + day * 288L + 13);
        }
        slots.add(MONDAY + 2 * 288L + 180);
        Nightly nightly = nightly(slots, MONDAY);
        assertEquals("01:00", Nightly.time(nightly.start()));
        assertEquals("01:30", Nightly.time(nightly.end()));
        assertEquals(6, nightly.starts().size());
    }

    @Test
    void whatNeverRestsHasNoWindow() {
        var slots = new ArrayList<Long>();
        for (int slot = 0; slot < 3 * 288; slot += 40) {
            slots.add(MONDAY + slot);
        }
        assertNull(nightly(slots, MONDAY));
    }

    @Test
    void beginningOfTheInputIsNoLateStart() {
        var slots = new ArrayList<Long>();
        for (int day = 0; day < 3; day++) {
            for (int slot = day == 0 ? 290 : 264; slot < 300; slot++) {
                slots.add(MONDAY + day * 288L + slot);
            }
        }
        assertEquals("22:30", Nightly.time(nightly(slots, MONDAY + 290).startBy()));
    }

    private static Nightly nightly(List<Long> slots, long from) {
        return Nightly.of(slots.stream().mapToLong(Long::longValue).sorted().toArray(), from);
    }

    @Test
    void whatIsBusyStaysHoweverManyOthersCome() {
        var kept = new Bounded<Integer, long[]>(100, count -> count[0]);
        for (int i = 0; i < 100_000; i++) {
            kept.at(i % 7 == 0 ? -1 : i, key -> new long[1])[0]++;
        }
        assertTrue(kept.forgetful());
        assertTrue(kept.sorted().size() <= 100);
        assertEquals(100_000 / 7 + 1, kept.sorted().get(-1)[0]);
    }

    @Test
    void whatIsApartIsNeverJoinedByWayOfOthers() {
        var groups = new Groups();
        Host one = new Host(0, 1);
        Host two = new Host(0, 2);
        Host three = new Host(0, 3);
        groups.separate(one, three);
        groups.join(one, two);
        groups.join(two, three);
        assertEquals(groups.of(one), groups.of(two));
        assertFalse(groups.of(one).equals(groups.of(three)));
    }
}
