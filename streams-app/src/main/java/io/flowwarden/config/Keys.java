package io.flowwarden.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The keys that the components of the config records name. */
final class Keys {
    /** In the order of the records. */
    static final List<Key> ALL = of(Config.class);

    private static final Map<String, Key> BY_NAME =
            ALL.stream().collect(Collectors.toMap(Key::name, Function.identity()));

    private Keys() {}

    private static List<Key> of(Class<?> type) {
        var keys = new ArrayList<Key>();
        for (var component : type.getRecordComponents()) {
            Key key = component.getAnnotation(Key.class);
            if (key != null) {
                keys.add(key);
            } else {
                keys.addAll(of(component.getType()));
            }
        }
        return List.copyOf(keys);
    }

    static String defaultOf(String name) {
        return BY_NAME.get(name).byDefault();
    }

    static List<String> names() {
        return ALL.stream().map(Key::name).toList();
    }
}
