package io.flowwarden.connect.alerts;

import io.flowwarden.sink.SinkKind;

/** Keeps Alertmanager informed of open and ended alerts. */
public final class AlertmanagerSink extends AlertConnector {
    public AlertmanagerSink() {
        super(SinkKind.ALERTMANAGER);
    }
}
