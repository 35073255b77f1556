package io.flowwarden.connect.objects.azure;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;

import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.common.StorageSharedKeyCredential;
import com.azure.storage.common.policy.RequestRetryOptions;
import com.azure.storage.common.policy.RetryPolicyType;
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

final class AzureConfig extends AbstractConfig {
    static final String CONTAINER = "azure.container";
    static final String CONNECTION = "azure.connection.string";
    static final String ENDPOINT = "azure.endpoint";
    static final String SAS = "azure.sas.token";
    static final String ACCOUNT = "azure.account.name";
    static final String KEY = "azure.account.key";

    private static final String GROUP = "Azure";
    private static final Password NONE = new Password("");

    AzureConfig(Map<String, String> settings) {
        super(addTo(new ConfigDef()), settings, false);
    }

    static ConfigDef addTo(ConfigDef options) {
        return options.define(
                        CONTAINER,
                        Type.STRING,
                        ConfigDef.NO_DEFAULT_VALUE,
                        Valid.that("a container's name", AzureConfig::container),
                        HIGH,
                        "The container, e.g. insights-logs-flowlogflowevent for logs of virtual"
                                + " networks.",
                        GROUP,
                        1,
                        Width.LONG,
                        "Container")
                .define(
                        CONNECTION,
                        Type.PASSWORD,
                        NONE,
                        HIGH,
                        "Connection string of the storage account. One of this, the SAS token, or"
                                + " account and key is needed.",
                        GROUP,
                        2,
                        Width.LONG,
                        "Connection string")
                .define(
                        ENDPOINT,
                        Type.STRING,
                        "",
                        Valid.that("a URL", AzureConfig::url),
                        MEDIUM,
                        "Where the account answers, e.g. https://flowlogs.blob.core.windows.net."
                                + " Empty: made of the account's name.",
                        GROUP,
                        3,
                        Width.LONG,
                        "Endpoint")
                .define(
                        SAS,
                        Type.PASSWORD,
                        NONE,
                        MEDIUM,
                        "Shared access signature that allows to list and to read, with the endpoint"
                                + " or the account's name.",
                        GROUP,
                        4,
                        Width.LONG,
                        "SAS token")
                .define(
                        ACCOUNT,
                        Type.STRING,
                        "",
                        Valid.that("an account's name", AzureConfig::account),
                        MEDIUM,
                        "The storage account.",
                        GROUP,
                        5,
                        Width.MEDIUM,
                        "Account")
                .define(
                        KEY,
                        Type.PASSWORD,
                        NONE,
                        MEDIUM,
                        "A key of the account.",
                        GROUP,
                        6,
                        Width.LONG,
                        "Account key");
    }

    private static void container(Object name) {
        if (!((String) name).matches("\\$?[a-z0-9](-?[a-z0-9]){2,62}")) {
            throw new IllegalArgumentException(
                    "a container's name has 3 to 63 small letters, digits and single dashes");
        }
    }

    private static void account(Object name) {
        if (!((String) name).matches("[a-z0-9]{3,24}")) {
            throw new IllegalArgumentException(
                    "an account's name has 3 to 24 small letters and digits");
        }
    }

    private static void url(Object text) {
        URI url = URI.create((String) text);
        if (url.getHost() == null || !String.valueOf(url.getScheme()).matches("https?")) {
            throw new IllegalArgumentException("a URL begins with http:// or https:// and a host");
        }
    }

    static void check(Map<String, ConfigValue> values) {
        boolean connection = stated(values, CONNECTION);
        boolean sas = stated(values, SAS);
        boolean key = stated(values, KEY);
        boolean account = stated(values, ACCOUNT);
        if (!connection && !sas && !key) {
            values.get(CONNECTION)
                    .addErrorMessage(
                            "is missing, and neither " + SAS + " nor " + KEY + " is there");
        }
        if (connection) {
            for (String other : new String[] {ENDPOINT, SAS, ACCOUNT, KEY}) {
                if (stated(values, other)) {
                    values.get(other).addErrorMessage(CONNECTION + " says this already");
                }
            }
            return;
        }
        if (sas && key) {
            values.get(SAS).addErrorMessage("give this or " + KEY + ", not both");
        }
        if (key && !account) {
            values.get(ACCOUNT).addErrorMessage("is missing: " + KEY + " is there");
        }
        if (sas && !account && !stated(values, ENDPOINT)) {
            values.get(ENDPOINT).addErrorMessage("is missing: " + SAS + " needs it");
        }
    }

    private static boolean stated(Map<String, ConfigValue> values, String key) {
        Object value = values.get(key).value();
        return value instanceof Password password
                ? !password.value().isEmpty()
                : value != null && !value.equals("");
    }

    BlobContainerClient container() {
        var service =
                new BlobServiceClientBuilder()
                        .httpClient(
                                new JdkHttpClientBuilder()
                                        .connectionTimeout(Duration.ofSeconds(10))
                                        .build())
                        // The reader has its own patience; a thread that waits here ticks no less.
                        .retryOptions(
                                new RequestRetryOptions(
                                        RetryPolicyType.EXPONENTIAL,
                                        3,
                                        Duration.ofSeconds(30),
                                        Duration.ofMillis(500),
                                        Duration.ofSeconds(4),
                                        null));
        String connection = getPassword(CONNECTION).value();
        if (!connection.isEmpty()) {
            service.connectionString(connection);
        } else {
            String account = getString(ACCOUNT);
            String endpoint = getString(ENDPOINT);
            service.endpoint(
                    endpoint.isEmpty()
                            ? "https://" + account + ".blob.core.windows.net"
                            : endpoint);
            String sas = getPassword(SAS).value();
            if (sas.isEmpty()) {
                service.credential(
                        new StorageSharedKeyCredential(account, getPassword(KEY).value()));
            } else {
                service.sasToken(sas);
            }
        }
        return service.buildClient().getBlobContainerClient(getString(CONTAINER));
    }
}
