package io.flowwarden.lab;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flowwarden.cli.Running;
import io.flowwarden.decode.golden.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What {@code live --json} has printed, each line read once. */
final class Feed {
    private final Running live;
    private final List<Map<String, Object>> objects = new ArrayList<>();
    private long read;

    Feed(Running live) {
        this.live = live;
    }

    Running live() {
        return live;
    }

    /** All so far, in order. */
    List<Map<String, Object>> objects() {
        String more = live.printedAfter(read);
        read += more.getBytes(UTF_8).length;
        more.lines().forEach(line -> objects.add(object(line)));
        return objects;
    }

    private static Map<String, Object> object(String line) {
        try {
            return Json.object(Json.read(line));
        } catch (IOException broken) {
            throw new AssertionError(line, broken);
        }
    }
}
