package io.flowwarden.cli;

import io.flowwarden.schemas.Alert;
import io.flowwarden.schemas.JudgedFlow;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/** What the demo shows: each kind of unexpected flow once. */
final class DemoScreen implements Screen {
    private final Output out;
    private final Set<Surprise> shown = new HashSet<>();

    DemoScreen(Output out) {
        this.out = out;
    }

    @Override
    public void say(String line) throws IOException {
        out.line(line);
        out.flush();
    }

    @Override
    public void judged(JudgedFlow judged) throws IOException {
        if (judged.getVerdict().equals("UNEXPECTED") && shown.add(Surprise.of(judged))) {
            out.line(Surprise.line(judged));
            out.line(Surprise.explanation(judged));
        }
    }

    @Override
    public void alert(Alert alert) throws IOException {
        out.line(AlertLine.of(alert));
        out.line(SummaryText.wrapped(alert.getExplanation(), "      "));
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }
}
