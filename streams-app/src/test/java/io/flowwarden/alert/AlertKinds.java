package io.flowwarden.alert;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Names of all kinds of alerts, for tests elsewhere. */
public final class AlertKinds {
    private AlertKinds() {}

    public static Set<String> names() {
        return Arrays.stream(Kind.values())
                .map(Kind::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
