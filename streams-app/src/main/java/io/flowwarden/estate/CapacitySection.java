package io.flowwarden.estate;

import io.flowwarden.schemas.Capacity;
import io.flowwarden.schemas.EstateEntry;
import io.flowwarden.yaml.YamlMap;
import io.flowwarden.yaml.YamlValue;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code capacity:} what a link between sites carries, one direction each. */
final class CapacitySection {
    private final Names names;
    private final Map<List<String>, Integer> lines = new HashMap<>();

    CapacitySection(Names names) {
        this.names = names;
    }

    /** The entry of a direction; null and a fault where it has none. */
    EstateEntry read(YamlValue value) {
        YamlMap item = value.map("from", "to", "bandwidth", "warn-at");
        if (item == null) {
            return null;
        }
        String from = site(item.require("from"));
        String to = site(item.require("to"));
        Long bandwidth =
                Values.read(
                        item.require("bandwidth"), Units::bitsPerSecond, "a bit rate, e.g. 1Gbps");
        BigDecimal warnAt =
                Values.read(item.get("warn-at"), Units::percent, "a percentage, e.g. 80%");
        if (from == null || to == null) {
            return null;
        }
        if (from.equals(to)) {
            item.get("to").fault("is where it starts");
            return null;
        }
        Integer first = lines.putIfAbsent(List.of(from, to), item.line());
        if (first != null) {
            item.fault("this direction stands on line " + first + " too");
        }
        return bandwidth == null
                ? null
                : new EstateEntry(
                        "capacity",
                        from + ">" + to,
                        new Capacity(
                                from, to, bandwidth, warnAt == null ? null : warnAt.doubleValue()));
    }

    private String site(YamlValue value) {
        return value == null ? null : names.site(value);
    }
}
