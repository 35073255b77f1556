package io.flowwarden.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.flowwarden.alert.AlertKinds;
import java.lang.reflect.Method;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class FiredKindsTest {
    /** Usage is not judged yet, so nothing raises them. */
    private static final Set<String> OF_USAGE = Set.of("CAPACITY_SATURATED");

    @Test
    void everyKindOfAlertIsFiredByRealTrafficInTheLab() {
        var fired = new TreeSet<>(OF_USAGE);
        Stream.of(LabIT.class, TroublesTold.class)
                .flatMap(type -> Stream.of(type.getDeclaredMethods()))
                .filter(method -> method.isAnnotationPresent(Test.class))
                .forEach(method -> fired.addAll(kinds(method)));
        assertEquals(AlertKinds.names(), fired);
    }

    private static Set<String> kinds(Method test) {
        var fires = test.getAnnotation(Fires.class);
        return fires == null ? Set.of() : Set.of(fires.value());
    }
}
