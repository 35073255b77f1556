package io.flowwarden.topics;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Creates, describes and checks the product's topics on a cluster. */
public final class TopicAdmin {
    private final Admin admin;

    public TopicAdmin(Admin admin) {
        this.admin = admin;
    }

    /**
     * Creates what is missing; what is there stays as it is.
     *
     * @param replicas replication factor, empty for the broker's default
     * @return the topics that are new
     */
    public List<Topic> create(Collection<Topic> topics, Optional<Short> replicas) {
        var futures = new HashMap<Topic, KafkaFuture<Void>>();
        for (Topic topic : topics) {
            var wanted =
                    new NewTopic(topic.name(), Optional.of(topic.partitions()), replicas)
                            .configs(topic.settings());
            futures.put(topic, admin.createTopics(List.of(wanted)).all());
        }
        return topics.stream().filter(topic -> created(topic, futures.get(topic))).toList();
    }

    private static boolean created(Topic topic, KafkaFuture<Void> future) {
        try {
            future.get();
            return true;
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof TopicExistsException) {
                return false;
            }
            throw new TopicAdminException("cannot create " + topic.name(), failed.getCause());
        } catch (InterruptedException stopped) {
            throw TopicAdminException.interrupted(stopped);
        }
    }

    /** Each topic as it is on the cluster, in the order given. */
    public List<TopicState> describe(Collection<Topic> topics) {
        Map<String, Integer> replicas = new HashMap<>();
        Map<String, Integer> partitions = new HashMap<>();
        var names = topics.stream().map(Topic::name).toList();
        admin.describeTopics(names)
                .topicNameValues()
                .forEach(
                        (name, future) ->
                                described(name, future)
                                        .ifPresent(
                                                found -> {
                                                    partitions.put(name, found.partitions().size());
                                                    replicas.put(
                                                            name,
                                                            found.partitions()
                                                                    .get(0)
                                                                    .replicas()
                                                                    .size());
                                                }));
        Map<String, Config> settings = settings(partitions.keySet());
        return topics.stream()
                .map(
                        topic ->
                                new TopicState(
                                        topic,
                                        partitions.getOrDefault(topic.name(), 0),
                                        replicas.getOrDefault(topic.name(), 0),
                                        differences(topic, settings.get(topic.name()))))
                .toList();
    }

    /** Partition counts by topic name; a topic that does not exist is not in it. */
    public Map<String, Integer> partitions(Collection<String> names) {
        var counts = new HashMap<String, Integer>();
        admin.describeTopics(names)
                .topicNameValues()
                .forEach(
                        (name, future) ->
                                described(name, future)
                                        .ifPresent(
                                                found ->
                                                        counts.put(
                                                                name, found.partitions().size())));
        return counts;
    }

    private static Optional<TopicDescription> described(
            String name, KafkaFuture<TopicDescription> future) {
        try {
            return Optional.of(future.get());
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof UnknownTopicOrPartitionException) {
                return Optional.empty();
            }
            throw new TopicAdminException("cannot describe " + name, failed.getCause());
        } catch (InterruptedException stopped) {
            throw TopicAdminException.interrupted(stopped);
        }
    }

    private Map<String, Config> settings(Collection<String> names) {
        var resources =
                names.stream()
                        .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                        .toList();
        var settings = new HashMap<String, Config>();
        try {
            admin.describeConfigs(resources)
                    .all()
                    .get()
                    .forEach((resource, config) -> settings.put(resource.name(), config));
            return settings;
        } catch (ExecutionException failed) {
            throw new TopicAdminException(
                    "cannot read the settings of " + names, failed.getCause());
        } catch (InterruptedException stopped) {
            throw TopicAdminException.interrupted(stopped);
        }
    }

    private static List<String> differences(Topic topic, Config found) {
        var differences = new ArrayList<String>();
        if (found != null) {
            topic.settings().entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(
                            wanted -> {
                                var entry = found.get(wanted.getKey());
                                if (entry != null && !wanted.getValue().equals(entry.value())) {
                                    differences.add(
                                            wanted.getKey()
                                                    + "="
                                                    + entry.value()
                                                    + " (ours: "
                                                    + wanted.getValue()
                                                    + ")");
                                }
                            });
        }
        return differences;
    }
}
