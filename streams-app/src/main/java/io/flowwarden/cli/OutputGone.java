package io.flowwarden.cli;

import java.io.IOException;

/** Nobody reads standard output any more. */
final class OutputGone extends IOException {
    private static final long serialVersionUID = 1;

    OutputGone(IOException cause) {
        super(cause);
    }
}
