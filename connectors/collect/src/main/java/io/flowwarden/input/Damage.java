package io.flowwarden.input;

/**
 * Where and why an input could not be read to its end.
 *
 * @param file name as given
 * @param place offset or line
 * @param reason what is wrong there
 */
public record Damage(String file, String place, String reason) {
    /** One line for a person. */
    public String text() {
        return file + ": " + place + ": " + reason;
    }
}
