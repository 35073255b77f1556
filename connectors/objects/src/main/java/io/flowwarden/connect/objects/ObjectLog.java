package io.flowwarden.connect.objects;

import io.flowwarden.raw.RawRecord;
import java.io.IOException;
import java.io.InputStream;

/** Turns the bytes of one log object into raw records. */
interface ObjectLog {
    /**
     * Reads to the end of what is there.
     *
     * @param key of the object
     * @param from where an earlier reading ended: 0 or a position that it gave
     * @param bytes of the object
     * @return how it ended
     * @throws IOException of the bytes or the sink
     */
    Outcome read(String key, long from, Bytes bytes, Sink sink) throws IOException;

    /** Opens the object at a byte of it. */
    interface Bytes {
        InputStream at(long from) throws IOException;
    }

    interface Sink {
        /**
         * @param next position behind the record
         */
        void accept(RawRecord raw, long next) throws IOException;
    }

    /**
     * @param position where reading goes on should the object grow
     * @param damage why the rest cannot be read, or null
     * @param known false where the object is no flow log
     */
    record Outcome(long position, String damage, boolean known) {}
}
