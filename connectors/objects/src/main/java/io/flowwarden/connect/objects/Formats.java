package io.flowwarden.connect.objects;

import io.flowwarden.input.InputFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef.Recommender;
import org.apache.kafka.common.config.ConfigDef.ValidString;
import org.apache.kafka.common.config.ConfigDef.Validator;

/** Values of the option {@code format}. */
final class Formats {
    static final String AUTO = "auto";

    private static final List<String> ALL =
            List.of(AUTO, InputFormat.AWS.text(), InputFormat.AZURE.text(), InputFormat.GCP.text());

    private Formats() {}

    /** Null for auto. */
    static InputFormat of(String name) {
        return name.equals(AUTO) ? null : InputFormat.valueOf(name.toUpperCase(Locale.ROOT));
    }

    static Validator validator() {
        return ValidString.in(ALL.toArray(String[]::new));
    }

    static Recommender recommender() {
        return new Recommender() {
            @Override
            public List<Object> validValues(String name, Map<String, Object> settings) {
                return List.copyOf(ALL);
            }

            @Override
            public boolean visible(String name, Map<String, Object> settings) {
                return true;
            }
        };
    }
}
