package io.flowwarden.connect.udp;

import io.flowwarden.connect.Converters;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigValue;

/**
 * What no option shows by itself: listeners that exclude each other, converters that would rewrite.
 */
final class Faults {
    private Faults() {}

    /**
     * Adds them to the values they concern.
     *
     * @param settings of the connector, as given
     * @param values each option as it was read, with the faults it has by itself
     */
    static void add(Map<String, String> settings, List<ConfigValue> values) {
        for (ConfigValue value : values) {
            if (value.name().equals(UdpSourceConfig.LISTEN) && value.errorMessages().isEmpty()) {
                listeners(value);
            }
        }
        values.addAll(Converters.faults(settings));
    }

    private static void listeners(ConfigValue listen) {
        List<?> texts = (List<?>) listen.value();
        var before = new ArrayList<InetSocketAddress>();
        for (Object text : texts) {
            InetSocketAddress address = ListenAddress.parse((String) text);
            for (int i = 0; i < before.size(); i++) {
                if (ListenAddress.clash(before.get(i), address)) {
                    listen.addErrorMessage(
                            "Invalid value "
                                    + text
                                    + " for configuration "
                                    + listen.name()
                                    + ": cannot be bound beside "
                                    + texts.get(i));
                }
            }
            before.add(address);
        }
    }
}
