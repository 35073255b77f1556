package io.flowwarden.connect.objects.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.apache.kafka.common.config.ConfigValue;
import org.junit.jupiter.api.Test;

class S3ConfigTest {
    private static final String BYTES = "org.apache.kafka.connect.converters.ByteArrayConverter";

    @Test
    void aBucketIsEnough() {
        assertEquals("[]", faults(Map.of("s3.bucket", "flow-logs")).toString());
    }

    @Test
    void everyFaultIsAtItsKey() {
        var faults =
                faults(
                        Map.of(
                                "s3.bucket",
                                "a bucket",
                                "s3.region",
                                "Paris",
                                "s3.endpoint",
                                "minio:9000",
                                "s3.secret.access.key",
                                "s",
                                "prefixes",
                                "{hour}/",
                                "keys.include",
                                "(",
                                "format",
                                "csv",
                                "object.min.age.ms",
                                "86400000",
                                "value.converter",
                                "org.apache.kafka.connect.json.JsonConverter"));
        assertEquals(
                "[format, keys.include, object.min.age.ms, prefixes, s3.access.key.id, s3.bucket,"
                        + " s3.endpoint, s3.region, value.converter]",
                faults.toString());
    }

    @Test
    void pathStyleWithoutAnEndpointIsAMistake() {
        var faults = faults(Map.of("s3.bucket", "flow-logs", "s3.path.style", "true"));
        assertEquals("[s3.path.style]", faults.toString());
    }

    @Test
    void secretsAreNotShown() {
        var config = new S3Config(Map.of("s3.bucket", "b-1", "s3.secret.access.key", "hush"));
        assertTrue(!config.values().toString().contains("hush"));
    }

    private static TreeSet<String> faults(Map<String, String> options) {
        var settings = new HashMap<String, String>();
        settings.put("key.converter", BYTES);
        settings.put("value.converter", BYTES);
        settings.putAll(options);
        var at = new TreeSet<String>();
        for (ConfigValue value : new S3LogSource().validate(settings).configValues()) {
            if (!value.errorMessages().isEmpty()) {
                at.add(value.name());
            }
        }
        return at;
    }
}
