package io.flowwarden.connect.objects;

import java.io.IOException;

/** What was listed is there no more, or has become another object. */
public final class ObjectGone extends IOException {
    private static final long serialVersionUID = 1;

    public ObjectGone(String key, Throwable cause) {
        super(key + " is gone", cause);
    }
}
