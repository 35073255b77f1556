package io.flowwarden.cli;

import io.flowwarden.config.ConfigFile;
import io.flowwarden.schemas.Action;
import io.flowwarden.schemas.Alert;
import io.flowwarden.schemas.AlertWitness;
import io.flowwarden.schemas.SchemaSerdes;
import io.flowwarden.sink.AlertJson;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.apache.kafka.common.errors.SerializationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What is wrong now, and what the operators say about it. */
@Command(
        name = "alerts",
        description = {
            "Alerts of a cluster, or of a running live: --config DIR/cluster.yaml of its --data DIR."
        },
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        subcommands = {
            AlertsCommand.ListThem.class,
            AlertsCommand.Show.class,
            AlertsCommand.Acknowledge.class,
            AlertsCommand.Mute.class,
            HelpCommand.class
        })
final class AlertsCommand {
    private AlertsCommand() {}

    private static AlertTopic topic(ConfigArguments configuration) {
        Quiet.please();
        ConfigFile file = configuration.read();
        SchemaSerdes serdes = Cluster.serdes(file);
        Cluster.require(file).close();
        return new AlertTopic(file.config(), serdes);
    }

    /** The alert of an id, or the latest of a key; a beginning that fits only one will do. */
    static Alert find(Collection<Alert> alerts, String text) {
        var latest = new HashMap<String, Alert>();
        for (Alert alert : alerts) {
            if (alert.getId().startsWith(text) || alert.getKey().startsWith(text)) {
                latest.merge(
                        alert.getKey(), alert, (a, b) -> a.getOpenedAt() > b.getOpenedAt() ? a : b);
            }
        }
        var found = List.copyOf(latest.values());
        if (found.isEmpty()) {
            throw new UsageFault("no alert has the id or key " + text + ": flowwarden alerts list");
        }
        if (found.size() > 1) {
            throw new UsageFault(
                    text + " begins the ids of " + found.size() + " alerts: more of it, please");
        }
        return found.get(0);
    }

    @Command(
            name = "list",
            description = "Open alerts, the worst first.",
            mixinStandardHelpOptions = true)
    static final class ListThem implements Callable<Integer> {
        @Mixin private ConfigArguments configuration;

        @Option(names = "--all", description = "Resolved ones too, as long as they are kept.")
        private boolean all;

        @Option(names = "--json", description = "One JSON object a line.")
        private boolean json;

        @Override
        public Integer call() throws IOException {
            List<Alert> alerts =
                    topic(configuration).read().stream()
                            .filter(alert -> all || alert.getState().equals("OPEN"))
                            .sorted(AlertLine.WORST_FIRST)
                            .toList();
            try (Output out = Output.standard()) {
                for (Alert alert : alerts) {
                    if (json) {
                        out.line(AlertJson.text(alert));
                    } else {
                        out.line(AlertLine.of(alert));
                    }
                }
                if (alerts.isEmpty() && !json) {
                    out.line(all ? "no alerts" : "no open alerts");
                }
            }
            return Exit.OK;
        }
    }

    @Command(
            name = "show",
            description = "Everything about one alert.",
            mixinStandardHelpOptions = true)
    static final class Show implements Callable<Integer> {
        @Mixin private ConfigArguments configuration;

        @Parameters(paramLabel = "ID", description = "Its id or key, or how it begins.")
        private String id;

        @Override
        public Integer call() throws IOException {
            Alert alert = find(topic(configuration).read(), id);
            try (Output out = Output.standard()) {
                out.line(AlertLine.of(alert));
                out.line(alert.getExplanation());
                out.line("key " + alert.getKey() + ", opened " + Times.utc(alert.getOpenedAt()));
                for (AlertWitness witness : alert.getWitnesses()) {
                    out.line(
                            "  "
                                    + witness.getState()
                                    + "  "
                                    + witness.getSource()
                                    + (witness.getSide() == null ? "" : ", " + witness.getSide())
                                    + (witness.getLastSeen() == null
                                            ? ""
                                            : ", last " + Times.utc(witness.getLastSeen())));
                }
                for (String evidence : alert.getEvidence()) {
                    out.line("  " + evidence);
                }
                for (String step : alert.getNextSteps()) {
                    out.line("> " + step);
                }
            }
            return Exit.OK;
        }
    }

    /** What acknowledging and muting have in common. */
    abstract static class Say implements Callable<Integer> {
        @Mixin private ConfigArguments configuration;

        @Parameters(paramLabel = "ID", description = "Its id or key, or how it begins.")
        private String id;

        @Option(
                names = "--by",
                paramLabel = "NAME",
                description = "Who says so. Default: the user that runs this.")
        private String by = System.getProperty("user.name");

        @Option(names = "--because", paramLabel = "TEXT", description = "Why.")
        private String because;

        @Option(names = "--undo", description = "Takes it back.")
        boolean undo;

        abstract Action action(String key, String who, long now, String why);

        /** Refuses what would change nothing. */
        void check(Alert alert) {}

        @Override
        public Integer call() throws IOException {
            AlertTopic topic = topic(configuration);
            Alert alert = find(topic.read(), id);
            check(alert);
            Action action = action(alert.getKey(), by, InstantSource.system().millis(), because);
            try {
                topic.write(alert, action);
            } catch (SerializationException refused) {
                throw new UsageFault(SchemasCommand.hinted(refused));
            }
            try (Output out = Output.standard()) {
                out.line(action.getAction() + " " + AlertLine.of(alert));
            }
            return Exit.OK;
        }
    }

    @Command(
            name = "ack",
            description = {
                "Says that somebody is at it: no more updates until its kind or severity worsens."
            },
            mixinStandardHelpOptions = true)
    static final class Acknowledge extends Say {
        @Override
        void check(Alert alert) {
            if (alert.getState().equals("RESOLVED")) {
                throw new UsageFault(
                        alert.getId()
                                + " ended at "
                                + Times.utc(alert.getResolvedAt())
                                + ": there is nothing to acknowledge");
            }
        }

        @Override
        Action action(String key, String who, long now, String why) {
            return new Action(key, undo ? "UNACK" : "ACK", who, now, null, why);
        }
    }

    @Command(
            name = "mute",
            description = "Keeps all alerts of its key away from the sinks for a while.",
            mixinStandardHelpOptions = true)
    static final class Mute extends Say {
        private static final Pattern SPAN = Pattern.compile("(\\d{1,5})([smhd])");

        @Option(
                names = "--for",
                paramLabel = "TIME",
                description = "How long, e.g. 30m, 8h, 7d. Default: ${DEFAULT-VALUE}.")
        private String span = "8h";

        @Override
        Action action(String key, String who, long now, String why) {
            var parts = SPAN.matcher(span);
            if (!parts.matches()) {
                throw new UsageFault("--for was " + span + " but it must be a time, e.g. 8h");
            }
            long seconds =
                    switch (parts.group(2)) {
                        case "s" -> 1;
                        case "m" -> 60;
                        case "h" -> 3600;
                        default -> 86_400;
                    };
            long until = now + Long.parseLong(parts.group(1)) * seconds * 1000;
            return new Action(
                    key, undo ? "UNMUTE" : "MUTE", who, now, undo ? null : (Long) until, why);
        }
    }
}
