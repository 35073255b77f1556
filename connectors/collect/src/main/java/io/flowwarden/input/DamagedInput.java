package io.flowwarden.input;

import java.io.IOException;

/** Nothing behind this place of the input can be read. */
public final class DamagedInput extends IOException {
    private static final long serialVersionUID = 1;

    private final String place;

    /**
     * @param place offset, line or row
     * @param reason what is wrong there
     */
    public DamagedInput(String place, String reason) {
        super(reason);
        this.place = place;
    }

    static DamagedInput at(long offset, String reason) {
        return new DamagedInput("offset " + offset, reason);
    }

    /** With the name of its file. */
    public Damage in(String file) {
        return new Damage(file, place, getMessage());
    }
}
