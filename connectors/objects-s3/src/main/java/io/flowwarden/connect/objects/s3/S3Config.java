package io.flowwarden.connect.objects.s3;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;

import io.flowwarden.connect.objects.Valid;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.common.config.types.Password;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

final class S3Config extends AbstractConfig {
    static final String BUCKET = "s3.bucket";
    static final String REGION = "s3.region";
    static final String ENDPOINT = "s3.endpoint";
    static final String PATH_STYLE = "s3.path.style";
    static final String KEY_ID = "s3.access.key.id";
    static final String SECRET = "s3.secret.access.key";
    static final String TOKEN = "s3.session.token";

    private static final String GROUP = "S3";
    private static final Password NONE = new Password("");

    S3Config(Map<String, String> settings) {
        super(addTo(new ConfigDef()), settings, false);
    }

    static ConfigDef addTo(ConfigDef options) {
        return options.define(
                        BUCKET,
                        Type.STRING,
                        ConfigDef.NO_DEFAULT_VALUE,
                        Valid.that("a bucket's name", S3Config::bucket),
                        HIGH,
                        "The bucket.",
                        GROUP,
                        1,
                        Width.LONG,
                        "Bucket")
                .define(
                        REGION,
                        Type.STRING,
                        "",
                        Valid.that("a region's name", S3Config::region),
                        HIGH,
                        "The bucket's region. Empty: as the worker's environment says; with an"
                                + " endpoint us-east-1.",
                        GROUP,
                        2,
                        Width.MEDIUM,
                        "Region")
                .define(
                        ENDPOINT,
                        Type.STRING,
                        "",
                        Valid.that("a URL", S3Config::url),
                        MEDIUM,
                        "Where a store that is not AWS's answers, e.g. https://minio.example:9000.",
                        GROUP,
                        3,
                        Width.LONG,
                        "Endpoint")
                .define(
                        PATH_STYLE,
                        Type.BOOLEAN,
                        false,
                        LOW,
                        "Name the bucket in the path and not in the host, as many stores that are"
                                + " not AWS's want it.",
                        GROUP,
                        4,
                        Width.SHORT,
                        "Path style")
                .define(
                        KEY_ID,
                        Type.STRING,
                        "",
                        MEDIUM,
                        "Access key id. Empty: credentials come from the worker's environment,"
                                + " profile, container or instance role.",
                        GROUP,
                        5,
                        Width.MEDIUM,
                        "Access key id")
                .define(
                        SECRET,
                        Type.PASSWORD,
                        NONE,
                        MEDIUM,
                        "Secret of that key.",
                        GROUP,
                        6,
                        Width.MEDIUM,
                        "Secret access key")
                .define(
                        TOKEN,
                        Type.PASSWORD,
                        NONE,
                        LOW,
                        "Session token of a temporary key.",
                        GROUP,
                        7,
                        Width.MEDIUM,
                        "Session token");
    }

    private static void bucket(Object name) {
        if (!((String) name).matches("[a-zA-Z0-9][a-zA-Z0-9._-]{1,254}|arn:[a-zA-Z0-9:/_-]+")) {
            throw new IllegalArgumentException("no bucket has such a name");
        }
    }

    private static void region(Object name) {
        if (!((String) name).matches("[a-z0-9-]{2,40}")) {
            throw new IllegalArgumentException("a region is named like eu-west-3");
        }
    }

    private static void url(Object text) {
        URI url = URI.create((String) text);
        if (url.getHost() == null || !String.valueOf(url.getScheme()).matches("https?")) {
            throw new IllegalArgumentException("a URL begins with http:// or https:// and a host");
        }
    }

    static void check(Map<String, ConfigValue> values) {
        boolean id = stated(values, KEY_ID);
        boolean secret = stated(values, SECRET);
        if (id && !secret) {
            values.get(SECRET).addErrorMessage("is missing: " + KEY_ID + " is there");
        }
        if (secret && !id) {
            values.get(KEY_ID).addErrorMessage("is missing: " + SECRET + " is there");
        }
        if (stated(values, TOKEN) && !id) {
            values.get(TOKEN).addErrorMessage("belongs to a key: " + KEY_ID + " is missing");
        }
        if (Boolean.TRUE.equals(values.get(PATH_STYLE).value()) && !stated(values, ENDPOINT)) {
            values.get(PATH_STYLE).addErrorMessage("is for stores with an " + ENDPOINT);
        }
    }

    private static boolean stated(Map<String, ConfigValue> values, String key) {
        Object value = values.get(key).value();
        return value instanceof Password password
                ? !password.value().isEmpty()
                : value != null && !value.equals("");
    }

    String bucket() {
        return getString(BUCKET);
    }

    S3Client client() {
        var client =
                S3Client.builder()
                        .httpClientBuilder(
                                UrlConnectionHttpClient.builder()
                                        .connectionTimeout(Duration.ofSeconds(10))
                                        .socketTimeout(Duration.ofSeconds(30)))
                        .forcePathStyle(getBoolean(PATH_STYLE));
        String endpoint = getString(ENDPOINT);
        String region = getString(REGION);
        if (!endpoint.isEmpty()) {
            client.endpointOverride(URI.create(endpoint));
            // Younger than most stores that are not AWS's.
            client.requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED);
            client.responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
            region = region.isEmpty() ? "us-east-1" : region;
        }
        if (!region.isEmpty()) {
            client.region(Region.of(region));
        }
        if (!getString(KEY_ID).isEmpty()) {
            client.credentialsProvider(StaticCredentialsProvider.create(credentials()));
        }
        return client.build();
    }

    private AwsCredentials credentials() {
        String id = getString(KEY_ID);
        String secret = getPassword(SECRET).value();
        String token = getPassword(TOKEN).value();
        return token.isEmpty()
                ? AwsBasicCredentials.create(id, secret)
                : AwsSessionCredentials.create(id, secret, token);
    }
}
