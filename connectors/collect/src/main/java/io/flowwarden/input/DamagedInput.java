package io.flowwarden.input;

import java.io.IOException;

/** Nothing behind this place of the input can be read. */
final class DamagedInput extends IOException {
    private static final long serialVersionUID = 1;

    private final String place;

    DamagedInput(String place, String reason) {
        super(reason);
        this.place = place;
    }

    static DamagedInput at(long offset, String reason) {
        return new DamagedInput("offset " + offset, reason);
    }

    Damage in(String file) {
        return new Damage(file, place, getMessage());
    }
}
