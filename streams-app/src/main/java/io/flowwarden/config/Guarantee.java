package io.flowwarden.config;

import org.apache.kafka.streams.StreamsConfig;

/** What holds between raw and the topics that come of it. */
public enum Guarantee {
    EXACTLY_ONCE_V2(StreamsConfig.EXACTLY_ONCE_V2),
    AT_LEAST_ONCE(StreamsConfig.AT_LEAST_ONCE);

    private final String setting;

    Guarantee(String setting) {
        this.setting = setting;
    }

    /** As Kafka Streams calls it. */
    public String setting() {
        return setting;
    }
}
