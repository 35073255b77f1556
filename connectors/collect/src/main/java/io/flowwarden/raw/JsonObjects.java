package io.flowwarden.raw;

/**
 * Finds where a JSON object ends, by its braces and strings alone, piece by piece. So a record
 * whose inside is damaged costs itself and not those behind it.
 */
public final class JsonObjects {
    private int depth;
    private boolean string;
    private boolean escaped;

    /** Begins with another object. */
    public void begin() {
        depth = 0;
        string = false;
        escaped = false;
    }

    /**
     * Looks at the next bytes of the object; the first ever is its opening brace.
     *
     * @return index behind the closing brace, or -1 where it is not among these bytes
     */
    public int end(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            byte b = bytes[i];
            if (string) {
                if (escaped) {
                    escaped = false;
                } else if (b == '\\') {
                    escaped = true;
                } else if (b == '"') {
                    string = false;
                }
            } else if (b == '"') {
                string = true;
            } else if (b == '{' || b == '[') {
                depth++;
            } else if ((b == '}' || b == ']') && --depth == 0) {
                return i + 1;
            }
        }
        return -1;
    }

    /** Whether this stands between the objects of an array, or of a sequence. */
    public static boolean between(int b) {
        return b <= ' ' || b == ',' || b == ']' || b == '}';
    }
}
