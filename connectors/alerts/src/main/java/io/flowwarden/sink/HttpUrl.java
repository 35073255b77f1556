package io.flowwarden.sink;

import java.net.URI;

/** Addresses of HTTP receivers. */
public final class HttpUrl {
    private HttpUrl() {}

    /**
     * @throws IllegalArgumentException saying what is wrong, without the address
     */
    public static URI parse(String text) {
        URI uri;
        try {
            uri = URI.create(text.strip());
        } catch (IllegalArgumentException wrong) {
            // Its message has the address in it.
            uri = URI.create("");
        }
        if (!("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                || uri.getHost() == null) {
            throw new IllegalArgumentException("must be http://HOST... or https://HOST...");
        }
        if (uri.getUserInfo() != null) {
            throw new IllegalArgumentException(
                    "user and password belong into the option authorization");
        }
        return uri;
    }
}
