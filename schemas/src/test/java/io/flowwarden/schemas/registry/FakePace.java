package io.flowwarden.schemas.registry;

import java.util.ArrayList;
import java.util.List;

/** Time that passes only when told to, and chance that is always the same. */
final class FakePace implements Pace {
    final List<Long> pauses = new ArrayList<>();
    double chance;
    long now;

    @Override
    public long millis() {
        return now;
    }

    @Override
    public void pause(long millis) {
        pauses.add(millis);
        now += millis;
    }

    @Override
    public double chance() {
        return chance;
    }
}
