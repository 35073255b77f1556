package io.flowwarden.sink.syslog;

import io.flowwarden.schemas.Alert;
import io.flowwarden.sink.Activity;
import io.flowwarden.sink.Answer;
import io.flowwarden.sink.Channel;
import java.io.IOException;
import java.time.InstantSource;

/** A syslog message for each step of an alert. */
final class SyslogChannel implements Channel {
    private final String name;
    private final Wire wire;
    private final SyslogMessage message;
    private final InstantSource clock;

    SyslogChannel(String name, Wire wire, SyslogMessage message, InstantSource clock) {
        this.name = name;
        this.wire = wire;
        this.message = message;
        this.clock = clock;
    }

    @Override
    public Answer send(Alert alert, Activity activity) {
        try {
            wire.send(message.of(alert, clock.instant()));
            return Answer.TAKEN;
        } catch (IOException e) {
            return Answer.outage(name + ": " + e);
        }
    }

    @Override
    public void close() {
        wire.close();
    }

    @Override
    public String toString() {
        return name;
    }
}
