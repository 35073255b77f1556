package io.flowwarden.lab;

import io.flowwarden.cli.Running;
import io.flowwarden.decode.golden.Json;
import io.flowwarden.testkit.Await;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** What {@code live --json} printed from some moment on. */
final class Told {
    private final Running live;
    private final int from;

    private Told(Running live, int from) {
        this.live = live;
        this.from = from;
    }

    static Told fromNowOn(Running live) {
        return new Told(live, live.lines().size());
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
        var objects = new ArrayList<Map<String, Object>>();
        List<String> lines = live.lines();
        for (String line : lines.subList(from, lines.size())) {
            Map<String, Object> object = object(line);
            if (type.equals(object.get("type"))) {
                objects.add(object);
            }
        }
        return objects;
    }

    private String tail() {
        List<String> lines = live.lines();
        return String.join("\n", lines.subList(Math.max(from, lines.size() - 30), lines.size()))
                + live.said();
    }

    private static Map<String, Object> object(String line) {
        try {
            return Json.object(Json.read(line));
        } catch (IOException broken) {
            throw new AssertionError(line, broken);
        }
    }
}
