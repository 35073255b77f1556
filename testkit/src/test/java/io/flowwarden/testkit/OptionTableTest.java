package io.flowwarden.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.Validator;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.junit.jupiter.api.Test;

final class OptionTableTest {
    private final ConfigDef options = new ConfigDef();

    @Test
    void optionsStandByGroupAndOrderAndShowNoSecret() {
        define("b.second", Type.INT, 7, ConfigDef.Range.between(1, 9), "Files", 2);
        define("key", Type.PASSWORD, "geheim", null, "Access", 1);
        define("a.first", Type.STRING, ConfigDef.NO_DEFAULT_VALUE, null, "Files", 1);
        assertEquals(
                """

                **Files**

                | option | type | default | valid | what |
                |---|---|---|---|---|
                | `a.first` | string | (required) | | What a.first \\| does. |
                | `b.second` | int | `7` | [1,...,9] | What b.second \\| does. |


                **Access**

                | option | type | default | valid | what |
                |---|---|---|---|---|
                | `key` | password | | | What key \\| does. |

                """,
                OptionTable.of(options));
    }

    @Test
    void validatorThatDoesNotSayWhatIsValidIsRefused() {
        define("a", Type.INT, 7, (name, value) -> {}, "Files", 1);
        var refused = assertThrows(IllegalArgumentException.class, () -> OptionTable.of(options));
        assertEquals(
                "option a has a validator without a toString that says what is valid",
                refused.getMessage());
    }

    private void define(
            String name, Type type, Object byDefault, Validator valid, String group, int order) {
        options.define(
                name,
                type,
                byDefault,
                valid,
                Importance.HIGH,
                "What " + name + "\n | does.",
                group,
                order,
                Width.SHORT,
                "Display " + name);
    }
}
