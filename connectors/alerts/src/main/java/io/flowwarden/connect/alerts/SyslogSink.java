package io.flowwarden.connect.alerts;

import io.flowwarden.sink.SinkKind;

/** Tells alerts to a syslog receiver, in CEF. */
public final class SyslogSink extends AlertConnector {
    public SyslogSink() {
        super(SinkKind.SYSLOG);
    }
}
