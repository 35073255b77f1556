package io.flowwarden.schemas.registry;

import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.common.utils.Time;

/** Time and chance as the client needs them; tests bring their own. */
interface Pace {
    /** Milliseconds since an arbitrary start. */
    long millis();

    /** Waits. */
    void pause(long millis);

    /** Uniform in [0, 1). */
    double chance();

    Pace REAL =
            new Pace() {
                @Override
                public long millis() {
                    return Time.SYSTEM.hiResClockMs();
                }

                @Override
                public void pause(long millis) {
                    Time.SYSTEM.sleep(millis);
                }

                @Override
                public double chance() {
                    return ThreadLocalRandom.current().nextDouble();
                }
            };
}
