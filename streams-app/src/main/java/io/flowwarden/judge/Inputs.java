package io.flowwarden.judge;

import io.flowwarden.raw.RawFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The topics that raw records are read from. */
public final class Inputs {
    /**
     * @param topic full name
     * @param format of records that name none in {@code fw.format}; null if they must
     * @param partitions how many the topic has
     */
    public record Input(String topic, RawFormat format, int partitions) {}

    private final Map<String, Input> byTopic;
    private final Admission admission;

    /** From any exporter, by the default limits. */
    public Inputs(List<Input> inputs) {
        this(inputs, Admission.DEFAULTS);
    }

    /**
     * @param admission whose datagrams are taken of them, and how much
     */
    public Inputs(List<Input> inputs, Admission admission) {
        this.admission = admission;
        byTopic = inputs.stream().collect(Collectors.toMap(Input::topic, input -> input));
    }

    public List<String> topics() {
        return byTopic.keySet().stream().sorted().toList();
    }

    /** How many tasks read them: one for each partition of the widest. */
    public int tasks() {
        return byTopic.values().stream().mapToInt(Input::partitions).max().orElse(0);
    }

    Admission admission() {
        return admission;
    }

    RawFormat format(String topic) {
        return byTopic.get(topic).format();
    }

    int partitions(String topic) {
        return byTopic.get(topic).partitions();
    }
}
