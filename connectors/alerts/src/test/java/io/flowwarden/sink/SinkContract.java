package io.flowwarden.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.flowwarden.schemas.Alert;
import io.flowwarden.testkit.Await;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every sink promises. */
public abstract class SinkContract {
    /**
     * What a receiver heard of an alert.
     *
     * @param state OPEN or RESOLVED
     */
    public record Heard(String id, String state, String title, String explanation) {}

    protected final TestClock clock = new TestClock();
    private Courier sink;

    protected abstract SinkKind kind();

    protected abstract Map<String, String> settings();

    /** What the receiver took so far, in order. */
    protected abstract List<Heard> heard();

    /** Nobody listens. */
    protected abstract void down();

    protected abstract void up();

    /** The receiver answers "not now"; false if it has no words for that. */
    protected boolean busy() {
        return false;
    }

    /** The receiver refuses what it gets; false if it has no words for that. */
    protected boolean refusing() {
        return false;
    }

    /** The receiver takes again what it gets. */
    protected void willing() {}

    /** Whether a receiver that is away is noticed. */
    protected boolean noticesAbsence() {
        return true;
    }

    @BeforeEach
    void open() {
        sink = kind().open(settings(), clock);
    }

    @AfterEach
    void close() {
        sink.close();
    }

    protected Delivery deliver(Alert... alerts) throws InterruptedException {
        return sink.deliver(List.of(alerts));
    }

    private void awaitHeard(String... steps) {
        Await.until(
                List.of(steps) + " to be heard", () -> steps().size() >= steps.length, this::heard);
        assertEquals(List.of(steps), steps());
    }

    private List<String> steps() {
        return heard().stream().map(each -> each.id() + " " + each.state()).toList();
    }

    @Test
    void alertsAreToldInTheirOrder() throws InterruptedException {
        Delivery delivery = deliver(Alerts.open("a"), Alerts.open("b"), Alerts.open("c"));
        assertEquals(3, delivery.done());
        assertNull(delivery.outage());
        assertEquals(List.of(), delivery.refused());
        awaitHeard("a OPEN", "b OPEN", "c OPEN");
        assertEquals(3, sink.done());
    }

    @Test
    void whatOpenedIsResolved() throws InterruptedException {
        deliver(Alerts.open("a"));
        deliver(Alerts.resolved("a"));
        awaitHeard("a OPEN", "a RESOLVED");
    }

    @Test
    void textOfAnyLanguageAndQuotesArriveAsTheyAre() throws InterruptedException {
        Alert alert = Alerts.open("a");
        alert.setTitle("Réplication \u51fa \ud83d\udd25 \"paris\" a|b c=d e\\f");
        alert.setExplanation("bloquée \u2192 \"lyon\" {x} a|b c=d e\\f\nsecond line");
        deliver(alert);
        awaitHeard("a OPEN");
        assertEquals(alert.getTitle(), heard().get(0).title());
        assertEquals(alert.getExplanation(), heard().get(0).explanation());
    }

    @Test
    void receiverThatIsAwayGetsTheAlertWhenItIsBack() throws InterruptedException {
        assumeTrue(noticesAbsence());
        deliver(Alerts.open("a"));
        awaitHeard("a OPEN");
        down();
        Delivery failed = deliver(Alerts.open("b"), Alerts.resolved("b"));
        assertEquals(0, failed.done());
        assertNotNull(failed.outage());
        assertTrue(sink.isFailing());
        up();
        Delivery again = deliver(Alerts.open("c"));
        assertNull(again.outage());
        awaitHeard("a OPEN", "c OPEN");
    }

    @Test
    void receiverThatSaysNotNowIsAskedAgain() throws InterruptedException {
        assumeTrue(busy());
        assertNotNull(deliver(Alerts.open("a")).outage());
        willing();
        assertNull(deliver(Alerts.open("a")).outage());
        awaitHeard("a OPEN");
    }

    @Test
    void refusalIsReportedAndTheRestGoesOn() throws InterruptedException {
        assumeTrue(refusing());
        Delivery delivery = deliver(Alerts.open("a"), Alerts.open("b"));
        assertEquals(2, delivery.done());
        assertNull(delivery.outage());
        assertEquals(
                List.of("a", "b"),
                delivery.refused().stream().map(each -> each.alert().getId()).toList());
        assertTrue(delivery.refused().get(0).reason().contains("400"), delivery.toString());
        assertEquals(2, sink.refused());
        willing();
        deliver(Alerts.open("c"));
        awaitHeard("c OPEN");
    }

    @Test
    void outageWithoutEndIsGivenUp() throws InterruptedException {
        assumeTrue(noticesAbsence());
        down();
        assertNotNull(deliver(Alerts.open("a")).outage());
        clock.advance(Duration.ofMinutes(59));
        assertNotNull(deliver(Alerts.open("a")).outage());
        clock.advance(Duration.ofMinutes(1));
        Delivery last = deliver(Alerts.open("a"), Alerts.open("b"));
        assertNull(last.outage());
        assertEquals(2, last.done());
        assertEquals(2, last.refused().size());
        assertEquals(3, sink.failed());
        up();
        assertEquals(List.of(), deliver(Alerts.open("c")).refused());
        awaitHeard("c OPEN");
    }

    @Test
    void newProcessGoesOnWhereTheOldOneStopped() throws InterruptedException {
        deliver(Alerts.open("a"));
        // Of two connections nobody promises which is read first.
        awaitHeard("a OPEN");
        sink.close();
        open();
        deliver(Alerts.resolved("a"), Alerts.open("b"));
        awaitHeard("a OPEN", "a RESOLVED", "b OPEN");
    }
}
