package io.flowwarden.schemas.registry;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.ValidString;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.SslConfigs;

/**
 * How to reach a registry. Key names are those of Confluent's clients; each may be written with or
 * without the prefix `schema.registry.`, except `ssl.*`: without the prefix these belong to the
 * broker connection of the same map.
 */
public class RegistryConfig extends AbstractConfig {
    public static final String URL = "schema.registry.url";
    public static final String BASIC_SOURCE = "basic.auth.credentials.source";
    public static final String BASIC_USER_INFO = "basic.auth.user.info";
    public static final String BEARER_SOURCE = "bearer.auth.credentials.source";
    public static final String BEARER_TOKEN = "bearer.auth.token";
    public static final String CONNECT_TIMEOUT = "http.connect.timeout.ms";
    public static final String READ_TIMEOUT = "http.read.timeout.ms";
    public static final String MAX_RETRIES = "max.retries";
    public static final String RETRY_WAIT = "retries.wait.ms";
    public static final String RETRY_MAX_WAIT = "retries.max.wait.ms";
    public static final String CACHE_CAPACITY = "schema.cache.capacity";
    public static final String MISSING_CAPACITY = "missing.cache.size";
    public static final String MISSING_TTL = "missing.cache.ttl.ms";
    public static final String LEARNED_FILE = "schema.learned.file";

    private static final String PREFIX = "schema.registry.";

    /**
     * @param settings Kafka-style settings; unknown keys are ignored, since the map usually is a
     *     whole client's
     * @throws ConfigException naming key, value and reason
     */
    public RegistryConfig(Map<String, ?> settings) {
        this(definition(), settings);
    }

    protected RegistryConfig(ConfigDef definition, Map<String, ?> settings) {
        super(definition, unprefixed(settings), false);
        urls();
        if (getString(SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG).isEmpty()) {
            throw new ConfigException(
                    PREFIX + SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG,
                    "",
                    "the registry's host name is always checked against its certificate");
        }
        authorization();
    }

    public static ConfigDef definition() {
        return new ConfigDef()
                .define(
                        URL,
                        Type.LIST,
                        ConfigDef.NO_DEFAULT_VALUE,
                        Importance.HIGH,
                        "Addresses of the registry, comma-separated; the next is asked where one does not answer. User"
                                + " and password may stand in front of the host.")
                .define(
                        BASIC_SOURCE,
                        Type.STRING,
                        "URL",
                        ValidString.in("URL", "USER_INFO"),
                        Importance.MEDIUM,
                        "Where user and password come from: the address, or "
                                + BASIC_USER_INFO
                                + ".")
                .define(
                        BASIC_USER_INFO,
                        Type.PASSWORD,
                        null,
                        Importance.MEDIUM,
                        "user:password, with " + BASIC_SOURCE + " = USER_INFO.")
                .define(
                        BEARER_SOURCE,
                        Type.STRING,
                        "",
                        ValidString.in("", "STATIC_TOKEN"),
                        Importance.MEDIUM,
                        "STATIC_TOKEN sends " + BEARER_TOKEN + " instead of user and password.")
                .define(BEARER_TOKEN, Type.PASSWORD, null, Importance.MEDIUM, "The token.")
                .define(
                        CONNECT_TIMEOUT,
                        Type.INT,
                        5_000,
                        Range.atLeast(1),
                        Importance.LOW,
                        "Longest wait for a connection, ms.")
                .define(
                        READ_TIMEOUT,
                        Type.INT,
                        10_000,
                        Range.atLeast(1),
                        Importance.LOW,
                        "Longest wait for an answer, ms.")
                .define(
                        MAX_RETRIES,
                        Type.INT,
                        3,
                        Range.between(0, 100),
                        Importance.LOW,
                        "Rounds over all addresses after the first one, on connection errors, 429 and 5xx.")
                .define(
                        RETRY_WAIT,
                        Type.LONG,
                        200L,
                        Range.atLeast(0),
                        Importance.LOW,
                        "Wait before the second round, ms; doubles each round, each wait is shortened by up to half at"
                                + " random.")
                .define(
                        RETRY_MAX_WAIT,
                        Type.LONG,
                        5_000L,
                        Range.atLeast(0),
                        Importance.LOW,
                        "Longest wait between rounds, ms.")
                .define(
                        CACHE_CAPACITY,
                        Type.INT,
                        1_000,
                        Range.atLeast(1),
                        Importance.LOW,
                        "Schemas kept in memory; the least recently used goes first.")
                .define(
                        MISSING_CAPACITY,
                        Type.INT,
                        1_000,
                        Range.atLeast(0),
                        Importance.LOW,
                        "Ids remembered as unknown to the registry, so that bad records do not flood it.")
                .define(
                        MISSING_TTL,
                        Type.LONG,
                        60_000L,
                        Range.atLeast(0),
                        Importance.LOW,
                        "How long an unknown id is remembered, ms.")
                .define(
                        LEARNED_FILE,
                        Type.STRING,
                        "",
                        Importance.MEDIUM,
                        "File that keeps every id and schema the registry gave, so that a restart during its outage"
                                + " still encodes and decodes. Empty: none.")
                .withClientSslSupport();
    }

    /** Addresses without user info and without a slash at the end. */
    List<Address> urls() {
        List<Address> urls = new ArrayList<>();
        for (String url : getList(URL)) {
            urls.add(Address.parse(url));
        }
        if (urls.isEmpty()) {
            throw new ConfigException(URL, "", "needs at least one address");
        }
        return urls;
    }

    /**
     * Value of the Authorization header where the same one goes to every address; null otherwise.
     */
    String authorization() {
        if (!getString(BEARER_SOURCE).isEmpty()) {
            return "Bearer " + required(BEARER_TOKEN, BEARER_SOURCE);
        }
        if (getString(BASIC_SOURCE).equals("USER_INFO")) {
            String userInfo = required(BASIC_USER_INFO, BASIC_SOURCE);
            if (userInfo.indexOf(':') < 0) {
                throw new ConfigException(BASIC_USER_INFO, "[hidden]", "must be user:password");
            }
            return Address.basic(userInfo);
        }
        return null;
    }

    private String required(String key, String because) {
        var secret = getPassword(key);
        if (secret == null || secret.value().isEmpty()) {
            throw new ConfigException(
                    key + " is needed with " + because + " = " + getString(because));
        }
        return secret.value();
    }

    private static Map<String, Object> unprefixed(Map<String, ?> settings) {
        Map<String, Object> plain = new HashMap<>();
        settings.forEach(
                (key, value) -> {
                    if (!key.startsWith("ssl.") && !key.startsWith(PREFIX)) {
                        plain.put(key, value);
                    }
                });
        settings.forEach(
                (key, value) -> {
                    if (key.equals(URL)) {
                        plain.put(key, value);
                    } else if (key.startsWith(PREFIX)) {
                        plain.put(key.substring(PREFIX.length()), value);
                    }
                });
        return plain;
    }
}
