package io.flowwarden.udp;

/** Lets a rate pass, with bursts of one second. Not thread-safe. */
final class TokenBucket {
    private static final long SECOND = 1000;

    private final long rate;
    private long thousandths;
    private long last;

    /**
     * @param rate a second
     * @param now epoch ms
     */
    TokenBucket(long rate, long now) {
        this.rate = rate;
        this.thousandths = rate * SECOND;
        this.last = now;
    }

    boolean take(long now) {
        // A clock that was set back gives nothing, and takes nothing away.
        long passed = Math.min(Math.max(0, now - last), SECOND);
        last = now;
        thousandths = Math.min(rate * SECOND, thousandths + passed * rate);
        if (thousandths < SECOND) {
            return false;
        }
        thousandths -= SECOND;
        return true;
    }
}
