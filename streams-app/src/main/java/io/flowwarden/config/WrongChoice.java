package io.flowwarden.config;

import io.flowwarden.fault.Nearest;
import java.util.Collection;

/** A word that is none of those possible. */
final class WrongChoice extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final String nearest;

    WrongChoice(String word, Collection<String> choices) {
        super("must be " + String.join(" or ", choices));
        nearest = Nearest.to(word, choices);
    }

    /** The one that was probably meant, or null. */
    String nearest() {
        return nearest;
    }
}
