package io.flowwarden.schemas;

import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.ClassSecurityValidator;

/** How Avro sees Java objects. */
final class Models {
    static {
        // Since 1.12.2 Avro creates no class that a schema names unless it is told to trust it.
        ClassSecurityValidator.setGlobal(
                ClassSecurityValidator.composite(
                        ClassSecurityValidator.getGlobal(), Models::isOurs));
    }

    private Models() {}

    private static boolean isOurs(Class<?> type) {
        return type.getPackageName().equals(Flow.class.getPackageName())
                && SpecificRecord.class.isAssignableFrom(type);
    }

    /**
     * For generated classes, with the code that Avro generated for them instead of its reflective
     * walk.
     */
    static SpecificData specific(Class<?> type) {
        SpecificData model = SpecificData.getForClass(type);
        model.setCustomCoders(true);
        return model;
    }

    static GenericData of(Object datum) {
        return datum instanceof SpecificRecord ? specific(datum.getClass()) : GenericData.get();
    }

    /** The generated class of a schema's name; null where there is none that may be created. */
    static Class<?> generated(Schema schema) {
        try {
            return SpecificData.get().getClass(schema);
        } catch (SecurityException e) {
            return null;
        }
    }

    @SuppressWarnings("unchecked")
    static <T> DatumWriter<T> writer(Schema schema, GenericData model) {
        return (DatumWriter<T>) model.createDatumWriter(schema);
    }

    @SuppressWarnings("unchecked")
    static <T> DatumReader<T> reader(Schema writer, Schema reader, GenericData model) {
        return (DatumReader<T>) model.createDatumReader(writer, reader);
    }
}
