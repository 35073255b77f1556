package io.flowwarden.connect.alerts;

import io.flowwarden.sink.SinkKind;

/** Posts alerts to any receiver of HTTP. */
public final class WebhookSink extends AlertConnector {
    public WebhookSink() {
        super(SinkKind.WEBHOOK);
    }
}
