package io.flowwarden.connect.objects;

import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.kafka.common.config.ConfigDef.Validator;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.internals.Topic;

/** A check of one option, with words for the option table. */
public final class Valid implements Validator {
    private final String what;
    private final Consumer<Object> check;

    private Valid(String what, Consumer<Object> check) {
        this.what = what;
        this.check = check;
    }

    /**
     * @param what what is valid, for a reader
     * @param check throws IllegalArgumentException with the reason where it is not; never gets null
     *     or an empty text
     */
    public static Validator that(String what, Consumer<Object> check) {
        return new Valid(what, check);
    }

    static Validator topic() {
        return that(
                "a topic name",
                value -> {
                    try {
                        Topic.validate((String) value);
                    } catch (InvalidTopicException e) {
                        throw new IllegalArgumentException(e.getMessage(), e);
                    }
                });
    }

    static Validator regex() {
        return that(
                "a regular expression",
                value -> {
                    try {
                        Pattern.compile((String) value);
                    } catch (PatternSyntaxException e) {
                        throw new IllegalArgumentException(e.getMessage(), e);
                    }
                });
    }

    static Validator prefixes() {
        return that(
                "{yyyy}, {MM}, {dd}, {HH} and nothing else in braces",
                value -> {
                    for (Object prefix : (List<?>) value) {
                        String fault = Prefixes.fault((String) prefix);
                        if (fault != null) {
                            throw new IllegalArgumentException("'" + prefix + "': " + fault);
                        }
                    }
                });
    }

    @Override
    public void ensureValid(String name, Object value) {
        if (value == null || value.equals("")) {
            return;
        }
        try {
            check.accept(value);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(name, value, e.getMessage());
        }
    }

    @Override
    public String toString() {
        return what;
    }
}
