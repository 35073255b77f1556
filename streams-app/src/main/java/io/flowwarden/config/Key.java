package io.flowwarden.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A key of {@code flowwarden.yaml}, on the component of the record that holds its value. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface Key {
    /** Full key; one that ends in {@code .*} takes every key that begins so. */
    String name();

    /** The value where the key is absent, as one would write it; empty where there is none. */
    String byDefault() default "";

    /** One sentence or two for the reader of the option table. */
    String doc();
}
