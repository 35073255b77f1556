package io.flowwarden.lab;

import static java.util.stream.Collectors.joining;

import io.flowwarden.testkit.Await;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** What {@code live --json} printed from some moment on. */
final class Told {
    private static final int TAIL = 30;

    private final Feed feed;
    private final int from;

    private Told(Feed feed, int from) {
        this.feed = feed;
        this.from = from;
    }

    static Told fromNowOn(Feed feed) {
        return new Told(feed, feed.objects().size());
    }

    static Told fromTheBeginning(Feed feed) {
        return new Told(feed, 0);
    }

    List<Map<String, Object>> flows() {
        return ofType("flow");
    }

    List<Map<String, Object>> flows(Predicate<Map<String, Object>> which) {
        return flows().stream().filter(which).toList();
    }

    /** The first such flow, as soon as it is there. */
    Map<String, Object> awaitFlow(String what, Predicate<Map<String, Object>> which) {
        Await.until(what, () -> !flows(which).isEmpty(), this::tail);
        return flows(which).get(0);
    }

    /** Every step of every alert. */
    List<Map<String, Object>> alerts() {
        return ofType("alert");
    }

    List<Map<String, Object>> alerts(Predicate<Map<String, Object>> which) {
        return alerts().stream().filter(which).toList();
    }

    /** The first such step of an alert, as soon as it is there. */
    Map<String, Object> awaitAlert(String what, Predicate<Map<String, Object>> which) {
        Await.until(what, () -> !alerts(which).isEmpty(), this::tail);
        return alerts(which).get(0);
    }

    static Predicate<Map<String, Object>> opened(String kind) {
        return alert -> kind.equals(alert.get("kind")) && "OPEN".equals(alert.get("state"));
    }

    static Predicate<Map<String, Object>> resolved(Object id) {
        return alert -> id.equals(alert.get("id")) && "RESOLVED".equals(alert.get("state"));
    }

    static Predicate<Map<String, Object>> between(String source, String destination) {
        return flow -> source.equals(flow.get("src")) && destination.equals(flow.get("dst"));
    }

    static Predicate<Map<String, Object>> to(int port) {
        return flow -> number(flow, "dst_port") == port;
    }

    static Predicate<Map<String, Object>> from(int port) {
        return flow -> number(flow, "src_port") == port;
    }

    /** A number that may be absent: -1. */
    static long number(Map<String, Object> object, String key) {
        return object.get(key) instanceof Number number ? number.longValue() : -1;
    }

    private List<Map<String, Object>> ofType(String type) {
        List<Map<String, Object>> all = feed.objects();
        return all.subList(from, all.size()).stream()
                .filter(object -> type.equals(object.get("type")))
                .toList();
    }

    private String tail() {
        List<Map<String, Object>> all = feed.objects();
        return all.subList(Math.max(from, all.size() - TAIL), all.size()).stream()
                        .map(Object::toString)
                        .collect(joining("\n"))
                + "\nalerts "
                + alerts()
                + feed.live().said();
    }
}
