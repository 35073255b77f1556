package io.flowwarden.cli;

import io.flowwarden.schemas.Alert;
import io.flowwarden.schemas.JudgedFlow;
import io.flowwarden.sink.AlertJson;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Flows on standard output, a line each or a JSON object each; everything else on standard error. A
 * kind of flow is explained when it comes for the first time.
 */
final class LiveScreen implements Screen {
    /** Kinds remembered: what a scanner does stays within bounds. */
    private static final int REMEMBERED = 10_000;

    private final Output out;
    private final FlowsPrinted wanted;
    private final boolean json;
    private final Map<Surprise, Boolean> explained =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Surprise, Boolean> eldest) {
                    return size() > REMEMBERED;
                }
            };

    LiveScreen(Output out, FlowsPrinted wanted, boolean json) {
        this.out = out;
        this.wanted = wanted;
        this.json = json;
    }

    @Override
    public void say(String line) {
        System.err.println("flowwarden: " + line);
    }

    @Override
    public void judged(JudgedFlow judged) throws IOException {
        if (!wanted.wants(judged)) {
            return;
        }
        if (json) {
            out.json(generator -> FlowJson.write(generator, judged));
            return;
        }
        out.line(Surprise.line(judged));
        if (FlowsPrinted.NOTABLE.wants(judged)
                && explained.put(Surprise.of(judged), true) == null) {
            out.line(Surprise.explanation(judged));
        }
    }

    @Override
    public void alert(Alert alert) throws IOException {
        if (json) {
            out.line(AlertJson.text(alert));
        } else {
            out.line(AlertLine.of(alert));
            out.line(SummaryText.wrapped(alert.getExplanation(), "      "));
        }
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }
}
