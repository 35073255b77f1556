package io.flowwarden.roster;

import io.flowwarden.schemas.Source;
import java.util.regex.Pattern;

/** What the estate says of the sources that a pattern matches. */
final class DeclaredSource {
    private final Source body;
    private final Pattern pattern;

    DeclaredSource(Source body) {
        this.body = body;
        pattern = SourcePattern.compile(body.getMatch());
    }

    boolean matches(String source) {
        return pattern.matcher(source).matches();
    }

    String pattern() {
        return body.getMatch();
    }

    Long delay() {
        return body.getReportingDelayMillis();
    }

    String side() {
        return body.getSide();
    }

    Integer sampling() {
        return body.getSampling();
    }
}
