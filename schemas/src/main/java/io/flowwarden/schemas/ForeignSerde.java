package io.flowwarden.schemas;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Loads the serde that `schema.serde.class` names, such as Confluent's own, which is not on Maven
 * Central.
 */
final class ForeignSerde {
    private final List<String> names;
    private final String path;
    private final ClassLoader loader;

    ForeignSerde(SerdeConfig config) {
        names = config.getList(SerdeConfig.SERDE_CLASS);
        path = config.getString(SerdeConfig.SERDE_PATH);
        loader = loader(path);
    }

    @SuppressWarnings("unchecked")
    <T> Serde<T> create(Map<String, ?> settings, boolean key) {
        Serializer<T> serializer = null;
        Deserializer<T> deserializer = null;
        for (String name : names) {
            Object made = made(name);
            if (made instanceof Serde<?> serde && names.size() == 1) {
                serde.configure(settings, key);
                return (Serde<T>) serde;
            }
            if (made instanceof Serializer<?> s && serializer == null) {
                serializer = (Serializer<T>) s;
            } else if (made instanceof Deserializer<?> d && deserializer == null) {
                deserializer = (Deserializer<T>) d;
            }
        }
        if (serializer == null || deserializer == null || names.size() != 2) {
            throw new ConfigException(
                    SerdeConfig.SERDE_CLASS,
                    names,
                    "must be one Serde class, or a Serializer and a Deserializer class");
        }
        serializer.configure(settings, key);
        deserializer.configure(settings, key);
        return Serdes.serdeFrom(serializer, deserializer);
    }

    private Object made(String name) {
        try {
            return Class.forName(name, true, loader).getConstructor().newInstance();
        } catch (ClassNotFoundException | NoClassDefFoundError e) {
            throw new ConfigException(
                    SerdeConfig.SERDE_CLASS,
                    name,
                    "not found on the class path"
                            + (path.isEmpty()
                                    ? "; its jars may lie in " + SerdeConfig.SERDE_PATH
                                    : " nor in " + path)
                            + ": "
                            + e);
        } catch (ReflectiveOperationException e) {
            throw new ConfigException(SerdeConfig.SERDE_CLASS, name, "cannot be created: " + e);
        }
    }

    private static ClassLoader loader(String folder) {
        ClassLoader parent = ForeignSerde.class.getClassLoader();
        if (folder.isEmpty()) {
            ClassLoader context = Thread.currentThread().getContextClassLoader();
            return context == null ? parent : context;
        }
        List<URL> jars = new ArrayList<>();
        try (var files = Files.newDirectoryStream(Path.of(folder), "*.jar")) {
            for (Path jar : files) {
                jars.add(jar.toUri().toURL());
            }
        } catch (MalformedURLException e) {
            throw new ConfigException(SerdeConfig.SERDE_PATH, folder, e.toString());
        } catch (IOException e) {
            throw new ConfigException(SerdeConfig.SERDE_PATH, folder, "cannot be listed: " + e);
        }
        return new URLClassLoader(jars.toArray(URL[]::new), parent);
    }
}
