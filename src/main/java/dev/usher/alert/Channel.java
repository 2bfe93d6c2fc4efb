package dev.usher.alert;

import java.util.Locale;

/**
 * One way by which the administrator is told. Each is told of everything, in order, and fails alone.
 *
 * @param name {@code mail}, or the webhook's under {@code usher.alerts.webhooks}
 * @param shape what the message must look like; the route {@code tell-channel} knows each by its word
 * @param to addresses, or a URL, which is a secret
 */
record Channel(String name, Shape shape, String to) {

    static final String MAIL = "mail";

    enum Shape {
        MAIL,
        SLACK,
        TEAMS,
        JSON;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Not where to: a webhook's URL lets anybody write to its channel. */
    @Override
    public String toString() {
        return name + " (" + shape.word() + ")";
    }
}
