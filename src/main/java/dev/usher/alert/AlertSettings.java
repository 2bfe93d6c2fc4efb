package dev.usher.alert;

import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How alarms are told: {@code usher.alerts}.
 *
 * @param to the administrator's address, several divided by commas; blank for no mails
 * @param digest how long news is collected after it was told, before news of the same alarm is told again; default 15 minutes
 * @param webhooks by name; those without a URL are not used
 * @param expiries when secrets end that Usher cannot ask for it, as days such as 2027-03-31, by a name of your own; blank: not watched
 */
@ConfigurationProperties("usher.alerts")
record AlertSettings(
        @DefaultValue("") String to,
        @DefaultValue("15m") Duration digest,
        @DefaultValue Retry retry,
        @Nullable Map<String, Webhook> webhooks,
        @Nullable Map<String, String> expiries) {

    /**
     * @param first delay after the first try that failed, longer than nothing; it doubles with each; default 10 s
     * @param most longest delay, at least the first; default 15 minutes
     */
    record Retry(
            @DefaultValue("10s") Duration first,
            @DefaultValue("15m") Duration most) {

        /** The delay after so many tries that failed, at least 1. */
        Duration after(int tries) {
            var grown = first.multipliedBy(1L << Math.min(tries - 1, 20));
            return grown.compareTo(most) > 0 ? most : grown;
        }
    }

    /**
     * @param shape slack, teams or json
     * @param to the URL, which is a secret; may be a placeholder that Camel resolves; blank for none
     */
    record Webhook(
            @DefaultValue("json") Channel.Shape shape,
            @DefaultValue("") String to) {

        @Override
        public String toString() {
            return "Webhook[shape=" + shape + ", to=" + (to.isBlank() ? "not set" : "set") + "]";
        }
    }

    AlertSettings {
        webhooks = webhooks == null ? Map.of() : Map.copyOf(webhooks);
        expiries = expiries == null ? Map.of() : Map.copyOf(expiries);
        var faults = new ArrayList<String>();
        if (!to.isBlank() && !to.matches("[^@\\s,]+@[^@\\s,]+(\\s*,\\s*[^@\\s,]+@[^@\\s,]+)*")) {
            faults.add("usher.alerts.to is no e-mail address: set one, or several divided by commas");
        }
        if (digest.isNegative() || digest.isZero()) {
            faults.add("usher.alerts.digest is " + digest + ": it must be longer than 0s");
        }
        if (retry.first().isNegative() || retry.first().isZero()) {
            faults.add("usher.alerts.retry.first is " + retry.first() + ": it must be longer than 0s");
        }
        if (retry.most().compareTo(retry.first()) < 0) {
            faults.add("usher.alerts.retry.most is " + retry.most() + ": it must not be shorter than first");
        }
        webhooks.forEach((name, webhook) -> check(name, webhook, faults));
        expiries.forEach((name, day) -> checkDay(name, day, faults));
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", faults));
        }
    }

    private static void check(String name, Webhook webhook, List<String> faults) {
        var key = "usher.alerts.webhooks." + name;
        if (name.equals(Channel.MAIL) || webhook.shape() == Channel.Shape.MAIL) {
            faults.add(key + " is called mail or has its shape: mails go to usher.alerts.to; set slack, teams or json");
        }
        if (!name.matches("[a-z0-9-]{1,64}")) {
            faults.add(key + ": write the name in lower-case letters, digits and -, at most 64");
        }
        if (!webhook.to().isBlank() && !webhook.to().matches("(https?://\\S+|\\{\\{.+}})")) {
            faults.add(key
                    + ".to is no URL: copy the webhook's from Slack, Teams or whoever takes it; begins with https://");
        }
    }

    private static void checkDay(String name, String day, List<String> faults) {
        try {
            if (!day.isBlank()) {
                LocalDate.parse(day.strip());
            }
        } catch (DateTimeParseException e) {
            faults.add("usher.alerts.expiries." + name + " is '" + day + "': write a day, such as 2027-03-31");
        }
    }

    /** The channels that are set up, mail first. */
    List<Channel> channels() {
        var channels = new ArrayList<Channel>();
        if (!to.isBlank()) {
            channels.add(new Channel(Channel.MAIL, Channel.Shape.MAIL, to));
        }
        if (webhooks != null) {
            webhooks.entrySet().stream()
                    .filter(entry -> !entry.getValue().to().isBlank())
                    .sorted(Map.Entry.comparingByKey())
                    .map(entry -> new Channel(
                            entry.getKey(),
                            entry.getValue().shape(),
                            entry.getValue().to()))
                    .forEach(channels::add);
        }
        return List.copyOf(channels);
    }

    /** When secrets end, by their name; only those whose end is told. */
    Map<String, LocalDate> ends() {
        var ends = new TreeMap<String, LocalDate>();
        if (expiries != null) {
            expiries.forEach((name, day) -> {
                if (!day.isBlank()) {
                    ends.put(name, LocalDate.parse(day.strip()));
                }
            });
        }
        return ends;
    }

    boolean isSilent() {
        return channels().isEmpty();
    }
}
