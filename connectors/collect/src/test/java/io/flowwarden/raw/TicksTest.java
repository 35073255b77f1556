package io.flowwarden.raw;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TicksTest {
    @Test
    void tickComesWhereTimeMovesAndNeverGoesBack() throws IOException {
        assertEquals(
                List.of(
                        "tick 1000",
                        "1000",
                        "1199",
                        "tick 1200",
                        "1200",
                        "tick 90000",
                        "90000",
                        "500",
                        "90100",
                        "final 90100"),
                of(1000, 1199, 1200, 90_000, 500, 90_100));
    }

    @Test
    void nothingAtAllStillEnds() throws IOException {
        assertEquals(List.of("final 0"), of());
    }

    private static List<String> of(long... receivedAt) throws IOException {
        var seen = new ArrayList<String>();
        var ticks =
                new Ticks(
                        "file",
                        raw -> {
                            String kind = raw.format() == RawFormat.TICK ? "tick " : "";
                            seen.add((raw.last() ? "final " : kind) + raw.receivedAt());
                        });
        for (long at : receivedAt) {
            ticks.accept(
                    new RawRecord(
                            "s", RawFormat.AWS, at, null, null, null, null, false, new byte[1]));
        }
        ticks.finish();
        return seen;
    }
}
