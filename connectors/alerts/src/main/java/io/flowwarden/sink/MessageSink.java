package io.flowwarden.sink;

import io.flowwarden.schemas.Alert;
import io.flowwarden.sink.Delivery.Refusal;
import java.util.ArrayList;
import java.util.List;

/** A sink of messages, one for each record that is worth telling. */
public final class MessageSink implements AlertSink {
    private final Channel channel;
    private final Selection selection;

    public MessageSink(Channel channel, Selection selection) {
        this.channel = channel;
        this.selection = selection;
    }

    @Override
    public Delivery deliver(List<Alert> alerts) throws InterruptedException {
        var refused = new ArrayList<Refusal>();
        for (int i = 0; i < alerts.size(); i++) {
            Alert alert = alerts.get(i);
            Activity activity = selection.of(alert);
            if (activity == null) {
                continue;
            }
            Answer answer = channel.send(alert, activity);
            switch (answer.status()) {
                case TAKEN -> selection.told(alert);
                case REFUSED -> refused.add(new Refusal(alert, i, answer.reason()));
                // Nothing overtakes: the end of an alert never comes before its beginning.
                case OUTAGE -> {
                    return new Delivery(i, refused, answer.reason());
                }
            }
        }
        return new Delivery(alerts.size(), refused, null);
    }

    @Override
    public void close() {
        channel.close();
    }

    @Override
    public String toString() {
        return channel.toString();
    }
}
