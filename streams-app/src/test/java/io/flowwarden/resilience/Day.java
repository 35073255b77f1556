package io.flowwarden.resilience;

import io.flowwarden.raw.RawSink;
import java.io.IOException;

/** A bad day: of every sort of trouble one, each with an end, and two that last. */
final class Day {
    /** It lists an exporter that never sends. */
    static final String ESTATE = World.ESTATE.formatted(", 10.2.255.4");

    static final String END = "24:00";

    private final World world;
    private final Exporter stranger = new Exporter("10.9.9.9");
    private final RawSink raw;

    Day(RawSink raw) {
        this.raw = raw;
        world = new World(raw, 4);
    }

    /** Goes on to this time since the beginning. */
    void until(String time) throws IOException {
        while (!world.isBetween(time, "99:00")) {
            world.stopped = world.isBetween("01:00", "02:00") ? 3 : 0;
            world.replicationBlocked = world.isBetween("02:10", "02:40");
            world.replicationStalls = world.isBetween("03:00", "03:50");
            world.oldReplication = world.isBetween("03:00", "05:00");
            world.lyon2.dead(world.isBetween("05:00", "06:00"));
            world.pathCut = world.isBetween("07:00", "07:40");
            world.agentsRefuse = world.isBetween("09:00", "09:20");
            // The night's backup begins at 22:00, ten hours after the day.
            world.backup = world.isBetween("00:30", "00:40");
            world.paris2.clockError(world.isBetween("15:00", "15:10") ? 1_200_000 : 0);
            world.weak = world.isBetween("17:00", "18:30") ? 5 : 0;
            world.lyon3.dead(world.isBetween("22:00", "99:00"));
            if (world.isAt("04:00")) {
                world.sweep("10.1.99.7", 60, 31031);
            }
            if (world.isAt("04:30") || world.isAt("12:30") || world.isAt("20:30")) {
                world.visit("203.0.113.9", "10.1.10.1", 902);
                world.visit("10.1.98.4", "10.1.20.2", 902);
            }
            if (world.isAt("06:30")) {
                world.paris2.loses(500);
            }
            if (world.isBetween("16:00", "16:30")) {
                stranger.export(world.now(), raw);
            }
            world.step();
        }
    }

    void end() throws IOException {
        until(END);
        world.end();
    }
}
