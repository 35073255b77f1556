package io.flowwarden.connect.udp;

import io.flowwarden.net.Prefix;
import java.util.List;
import org.apache.kafka.common.config.ConfigDef.Validator;
import org.apache.kafka.common.config.ConfigException;

/** Entries of the allow-list. */
final class AllowedPrefix {
    static final Validator LIST =
            new Validator() {
                @Override
                public void ensureValid(String name, Object value) {
                    for (Object entry : (List<?>) value) {
                        String text = (String) entry;
                        if (Prefix.parse(text) == null) {
                            throw new ConfigException(
                                    name, text, "must be an address or address/length");
                        }
                        if (!Prefix.exact(text)) {
                            throw new ConfigException(
                                    name,
                                    text,
                                    "has host bits beyond its length; did you mean "
                                            + Prefix.parse(text).text()
                                            + "?");
                        }
                    }
                }

                @Override
                public String toString() {
                    return "addresses, or prefixes as 10.1.0.0/16";
                }
            };

    private AllowedPrefix() {}
}
