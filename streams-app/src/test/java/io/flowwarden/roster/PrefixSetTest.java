package io.flowwarden.roster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.flowwarden.net.Address;
import io.flowwarden.net.Prefix;
import java.util.ArrayList;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PrefixSetTest {
    @Test
    void hasWhatAnyOfItsPrefixesHas() {
        var random = new Random(5);
        for (int round = 0; round < 200; round++) {
            var prefixes = new ArrayList<Prefix>();
            int count = random.nextInt(12);
            for (int i = 0; i < count; i++) {
                prefixes.add(
                        Prefix.parse(
                                address(random)
                                        + (random.nextBoolean()
                                                ? ""
                                                : "/" + (20 + random.nextInt(13)))));
            }
            prefixes.add(
                    Prefix.parse(
                            "2001:db8::" + random.nextInt(4) + "/" + (100 + random.nextInt(28))));
            var set = new PrefixSet(prefixes);
            for (int i = 0; i < 200; i++) {
                String text =
                        i % 5 == 0
                                ? "2001:db8::" + Integer.toHexString(random.nextInt(40))
                                : address(random);
                long[] asked = Address.parse(text);
                boolean found = prefixes.stream().anyMatch(p -> p.contains(asked[0], asked[1]));
                assertEquals(found, set.contains(asked[0], asked[1]), () -> text + " in " + set);
            }
        }
    }

    @Test
    void noneHasNothing() {
        long[] asked = Address.parse("10.0.0.1");
        assertFalse(new PrefixSet(new ArrayList<>()).contains(asked[0], asked[1]));
    }

    private static String address(Random random) {
        return "10.0." + random.nextInt(4) + "." + random.nextInt(256);
    }
}
