package io.flowwarden.sink;

/** What a message says of an alert. */
public enum Activity {
    CREATE,
    UPDATE,
    CLOSE
}
