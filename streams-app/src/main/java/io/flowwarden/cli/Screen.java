package io.flowwarden.cli;

import io.flowwarden.schemas.Alert;
import io.flowwarden.schemas.JudgedFlow;
import java.io.IOException;

/** What whoever started a {@link Live} gets to see of it. */
interface Screen {
    /** Something about the run itself. */
    void say(String line) throws IOException;

    void judged(JudgedFlow flow) throws IOException;

    void alert(Alert alert) throws IOException;

    /** Shows what was judged; called now and then, and before what was shown counts as seen. */
    void flush() throws IOException;
}
