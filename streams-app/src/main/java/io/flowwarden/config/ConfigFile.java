package io.flowwarden.config;

import io.flowwarden.decode.DecodeLimits;
import io.flowwarden.fault.Fault;
import io.flowwarden.fault.Faults;
import io.flowwarden.fault.FaultyInput;
import io.flowwarden.fault.TextFile;
import io.flowwarden.yaml.YamlFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A {@code flowwarden.yaml} and the environment, as read. What is faulty has its default here, so
 * that whoever looks at the rest finds its faults, too, before anything is refused.
 */
public final class ConfigFile {
    private final String name;
    private final Settings settings;
    private final Faults faults;
    private final List<Fault> later = new ArrayList<>();
    private final Config config;

    private ConfigFile(String name, Settings settings, Faults faults) {
        this.name = name;
        this.settings = settings;
        this.faults = faults;
        this.config = config(settings);
    }

    /**
     * Reads the file; the environment goes before it.
     *
     * @throws FaultyInput if it cannot be read or is not YAML
     */
    public static ConfigFile read(Path file, Map<String, String> environment) {
        var faults = new Faults(file.toString());
        var root = YamlFile.read(TextFile.bytes(file), faults);
        return new ConfigFile(file.toString(), new Settings(root, environment), faults);
    }

    /**
     * {@link #read}, or the environment alone where the file is null.
     *
     * @throws FaultyInput likewise
     */
    public static ConfigFile orEnvironment(Path file, Map<String, String> environment) {
        return file == null ? of(environment) : read(file, environment);
    }

    /** The environment alone, for a command that needs no file. */
    public static ConfigFile of(Map<String, String> environment) {
        return new ConfigFile(
                "environment", new Settings(null, environment), new Faults("environment"));
    }

    private static Config config(Settings settings) {
        return new Config(
                settings.below("kafka."),
                settings.schema(),
                settings.take("topics.prefix", Texts::topicsPrefix),
                settings.inputs(),
                settings.take("flows", Texts::flows),
                settings.take("processing.guarantee", Texts::guarantee),
                settings.take("state.dir", Path::of),
                settings.take("http.listen", Listen::parse),
                settings.take("catalog.common", Texts::onOrOff),
                settings.sinks(),
                alerting(settings),
                limits(settings));
    }

    private static Alerting alerting(Settings settings) {
        return new Alerting(
                settings.take("alert.update-every", Texts.duration("1s", "1d")),
                settings.take("alert.retention", Texts.duration("1m", "3660d")),
                settings.take("alert.flow-hold", Texts.duration("0s", "1h")),
                settings.take("alert.flow-quiet", Texts.duration("10m", "30d")),
                settings.take("alert.fan-out", Texts.number(1, 64)),
                settings.take("alert.group-above", Texts.number(1, 64)),
                settings.take("alert.exporter-patience", Texts.duration("1s", "30d")));
    }

    private static Limits limits(Settings settings) {
        return new Limits(
                settings.take("limits.threads", Texts.number(1, 1_000)),
                settings.take("limits.store-cache", ByteSize::parse),
                settings.take("limits.rocksdb-memory", ByteSize::parse),
                settings.take("limits.write-buffer", ByteSize::parse),
                settings.take("limits.thread-restarts", Texts.number(0, 1_000_000)),
                settings.take("limits.exporters", Texts::exporters),
                settings.take("limits.sources", Texts.number(1, 1_000_000)),
                settings.take("limits.templates", Texts.number(1, DecodeLimits.MOST_TEMPLATES)),
                settings.take("limits.template-fields", Texts.number(1, 65_535)),
                settings.take("limits.flows-per-datagram", Texts.number(1, 65_535)),
                settings.take("limits.silence", Texts.duration("5s", "1d")),
                settings.take("limits.collector-gap", Texts.duration("1s", "1h")),
                settings.take("limits.telemetry-patience", Texts.duration("10s", "1d")),
                settings.take("limits.link-members", Texts.number(1, 100_000_000)));
    }

    /** With the default where a value is faulty. */
    public Config config() {
        return config;
    }

    /**
     * Adds what turned out to be wrong with a key, or with what it leads to.
     *
     * @param key as in the file, whether it stands there or not
     * @param reason never with a value that may be secret
     */
    public void fault(String key, String reason) {
        later.add(settings.fault(name, key, reason));
    }

    /** In the order of the file, then what was found beyond it. */
    public List<Fault> faults() {
        var all = new ArrayList<>(faults.list());
        all.addAll(settings.environmentFaults());
        all.addAll(later);
        return all;
    }

    /**
     * The configuration, if nothing is wrong with it.
     *
     * @throws FaultyInput with all faults
     */
    public Config valid() {
        List<Fault> all = faults();
        if (!all.isEmpty()) {
            throw new FaultyInput(all);
        }
        return config;
    }
}
