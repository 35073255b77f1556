package io.flowwarden.sink;

import org.apache.kafka.common.config.ConfigDef.Validator;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;

/** Validators that say in the option table what they take. */
public final class Checked implements Validator {
    /** Throws IllegalArgumentException with what is wrong. */
    public interface Check {
        void check(String value);
    }

    private final String valid;
    private final Check check;

    private Checked(String valid, Check check) {
        this.valid = valid;
        this.check = check;
    }

    /**
     * Of the text of a value, or of each item of a list; null is not checked.
     *
     * @param valid what is, in words
     */
    public static Checked by(String valid, Check check) {
        return new Checked(valid, check);
    }

    @Override
    public void ensureValid(String name, Object value) {
        if (value instanceof Iterable<?> items) {
            items.forEach(item -> ensure(name, item, item.toString()));
        } else if (value instanceof Password password) {
            // Its toString hides it.
            ensure(name, password, password.value());
        } else if (value != null) {
            ensure(name, value, value.toString());
        }
    }

    private void ensure(String name, Object shown, String text) {
        try {
            check.check(text);
        } catch (IllegalArgumentException wrong) {
            // Somebody may have put a password where none belongs.
            Object harmless = text.contains("@") ? "[hidden]" : shown;
            throw new ConfigException(name, harmless, wrong.getMessage());
        }
    }

    @Override
    public String toString() {
        return valid;
    }
}
