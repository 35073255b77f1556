package io.flowwarden.connect.objects;

import io.flowwarden.input.LogObject;
import java.io.IOException;

/** Turns the bytes of one log object into raw records, as {@link LogObject#read} does. */
interface ObjectLog {
    LogObject.End read(
            String key, long from, boolean settled, LogObject.Opener opener, LogObject.Sink sink)
            throws IOException;
}
