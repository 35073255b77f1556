package io.flowwarden.sink.alertmanager;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flowwarden.schemas.Alert;
import io.flowwarden.sink.AlertSink;
import io.flowwarden.sink.Answer;
import io.flowwarden.sink.Answer.Status;
import io.flowwarden.sink.Delivery;
import io.flowwarden.sink.Delivery.Refusal;
import io.flowwarden.sink.Http;
import io.flowwarden.sink.States;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps Alertmanager informed as Prometheus does: what fires is sent again and again with an end
 * that lies ahead, so it ends by itself when nobody sends it any more; what ended is sent with its
 * end several times. All members of a cluster get all of it; it counts as told when one took it.
 *
 * <p>The state is that of the alerts topic, which is read again from its start after a restart. An
 * alert that ended while nobody was here is not sent then: Alertmanager has let it end already.
 */
final class Alertmanager implements AlertSink {
    private static final Logger LOG = LoggerFactory.getLogger(Alertmanager.class);

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, String> NO_HEADERS = Map.of();

    /** Most alerts of one request. */
    private static final int BATCH = 256;

    /** While old records still come, what fires now is not known yet. */
    private static final Duration SETTLE = Duration.ofSeconds(5);

    private final Http http;
    private final List<URI> members;
    private final Duration resend;
    private final Known known;
    private final InstantSource clock;
    private Instant nextRound;
    private long forgotten;

    /** The last record of an alert among those to deliver. */
    private record Step(Firing firing, Alert alert, int position) {}

    Alertmanager(Http http, List<URI> members, Duration resend, int most, InstantSource clock) {
        this.http = http;
        this.members = members;
        this.resend = resend;
        this.known = new Known(most);
        this.clock = clock;
        this.nextRound = clock.instant().plus(resend);
    }

    @Override
    public boolean remembers() {
        return true;
    }

    @Override
    public void restore(Alert alert) {
        Instant now = clock.instant();
        if (States.isResolved(alert) || alert.getMutedBy() != null) {
            known.remove(alert.getId());
        } else {
            known.put(new Firing(alert, known.get(alert.getId()), now));
        }
        nextRound = now.plus(SETTLE);
    }

    @Override
    public Delivery deliver(List<Alert> alerts) throws InterruptedException {
        Instant now = clock.instant();
        var latest = new LinkedHashMap<String, Step>();
        for (int i = 0; i < alerts.size(); i++) {
            Alert alert = alerts.get(i);
            var before = known.get(alert.getId());
            var firing = new Firing(alert, before, now);
            if (firing.end() == null || States.isResolved(alert) || before != null) {
                known.put(firing);
                latest.remove(alert.getId());
                latest.put(alert.getId(), new Step(firing, alert, i));
            }
        }
        var sent = latest.values().stream().map(Step::firing).toList();
        var refused = new ArrayList<Refusal>();
        for (int from = 0; from < sent.size(); from += BATCH) {
            var part = sent.subList(from, Math.min(from + BATCH, sent.size()));
            Answer answer = send(part, now);
            if (answer.status() == Status.REFUSED) {
                answer = oneByOne(part, now, latest, refused);
            }
            if (answer.status() == Status.OUTAGE) {
                // Sending the part before again changes nothing, so all of it waits.
                return new Delivery(0, List.of(), answer.reason());
            }
        }
        return new Delivery(alerts.size(), refused, null);
    }

    /** Alertmanager keeps the good ones of a request that it refuses; this finds the others. */
    private Answer oneByOne(
            List<Firing> part, Instant now, Map<String, Step> steps, List<Refusal> refused)
            throws InterruptedException {
        for (Firing each : part) {
            Answer answer = send(List.of(each), now);
            if (answer.status() == Status.OUTAGE) {
                return answer;
            }
            if (answer.status() == Status.REFUSED) {
                known.remove(each.id());
                Step step = steps.get(each.id());
                refused.add(new Refusal(step.alert(), step.position(), answer.reason()));
            }
        }
        return Answer.TAKEN;
    }

    @Override
    public Duration upkeep() throws InterruptedException {
        Instant now = clock.instant();
        if (now.isBefore(nextRound)) {
            return Duration.between(now, nextRound);
        }
        nextRound = now.plus(resend);
        if (known.forgotten() > forgotten) {
            forgotten = known.forgotten();
            LOG.warn(
                    "{}: more alerts are open than firing.max; {} not sent again", this, forgotten);
        }
        var all = List.copyOf(known.all());
        for (int from = 0; from < all.size(); from += BATCH) {
            Answer answer = send(all.subList(from, Math.min(from + BATCH, all.size())), now);
            if (answer.status() != Status.TAKEN) {
                LOG.warn("{}: open alerts not sent again: {}", this, answer.reason());
            }
            if (answer.status() == Status.OUTAGE) {
                break;
            }
        }
        return resend;
    }

    private Answer send(List<Firing> part, Instant now) throws InterruptedException {
        var body = new ArrayList<Posted>();
        var labels = new ArrayList<Map<String, String>>();
        for (Firing each : part) {
            Map<String, String> as = each.labels(known.incident(each));
            labels.add(as);
            if (each.told() != null && !each.told().equals(as)) {
                // To Alertmanager another kind or severity is another alert; this was the old one.
                body.add(Posted.ended(each.told(), each, now));
            }
            body.add(Posted.of(as, each, now, resend));
        }
        Answer answer = post(body);
        if (answer.status() == Status.TAKEN) {
            for (int i = 0; i < part.size(); i++) {
                Firing each = part.get(i);
                each.told(labels.get(i));
                if (each.isOver()) {
                    known.remove(each.id());
                }
            }
        }
        return answer;
    }

    /** Taken if one member took it; refused only if all who answered did. */
    private Answer post(List<Posted> body) throws InterruptedException {
        byte[] json;
        try {
            json = JSON.writeValueAsBytes(body);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
        List<Answer> answers = http.post(members, json, NO_HEADERS);
        Answer worst = answers.get(0);
        boolean taken = false;
        for (Answer each : answers) {
            taken |= each.status() == Status.TAKEN;
            if (each.status() != Status.TAKEN) {
                worst = worst.status() == Status.OUTAGE ? worst : each;
            }
        }
        if (taken && worst.status() == Status.OUTAGE) {
            LOG.warn("{}: a member of the cluster does not listen: {}", this, worst.reason());
        }
        return taken ? Answer.TAKEN : worst;
    }

    @Override
    public void close() {
        // What fires must go on firing: whoever starts next sends it again.
    }

    @Override
    public String toString() {
        return "alertmanager " + members.stream().map(Http::where).toList();
    }
}
