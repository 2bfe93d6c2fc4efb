package dev.usher.security;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Who may sign in, and how: {@code usher.security}.
 *
 * @param users local users; none: nobody signs in by name and password
 * @param entra signing in by Entra; off while its client id is blank
 * @param sessions how long a sign-in lasts
 * @param throttle what becomes of those who guess
 * @param consoleUrl where a browser reaches the console, without a slash at the end; blank: the host it called, with the main
 *     port. The management port sends there who has to sign in
 * @param bodyLimit the longest body of a request, webhooks and programs with credentials excepted; 1 byte to 64 MB
 * @param bodyTime the longest such a body may take to come; 1 ms or more
 */
@ConfigurationProperties("usher.security")
record SecuritySettings(
        @DefaultValue List<LocalUser> users,
        @DefaultValue Entra entra,
        @DefaultValue Sessions sessions,
        @DefaultValue Limits throttle,
        @DefaultValue("") String consoleUrl,
        @DefaultValue("64KB") DataSize bodyLimit,
        @DefaultValue("10s") Duration bodyTime) {

    private static final Pattern BCRYPT = Pattern.compile("\\$2[aby]\\$(\\d\\d)\\$[./A-Za-z0-9]{53}");
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}._@ -]{0,99}");
    private static final int WEAKEST = 10;
    private static final int SLOWEST = 14;

    /**
     * @param name 1 to 100 letters, digits, dots, dashes, underscores, spaces or @
     * @param hash bcrypt of the password, cost 10 to 14
     */
    record LocalUser(String name, String hash, Role role) {}

    /**
     * @param issuer {@code https://login.microsoftonline.com/<tenant id>/v2.0}; plain http only for a loopback address
     * @param viewerRole value of the app role of viewers
     * @param operatorRole value of the app role of operators
     * @param nameClaim the claim by which the audit trail calls somebody
     */
    record Entra(
            @DefaultValue("") String issuer,
            @DefaultValue("") String clientId,
            @DefaultValue("") String clientSecret,
            @DefaultValue("usher.viewer") String viewerRole,
            @DefaultValue("usher.operator") String operatorRole,
            @DefaultValue("preferred_username") String nameClaim) {

        boolean isUsed() {
            return !clientId.isBlank();
        }
    }

    /**
     * @param idle how long a session lives without a request
     * @param longest how long it lives at most
     * @param perUser how many one user has at a time; one more ends the oldest
     * @param most how many there are at a time, those of visitors who have not signed in included
     */
    record Sessions(
            @DefaultValue("30m") Duration idle,
            @DefaultValue("12h") Duration longest,
            @DefaultValue("5") int perUser,
            @DefaultValue("2000") int most) {}

    /**
     * @param tries failures in a row, for one name from one address, after which the address is refused that name for a
     *     while
     * @param triesOfAddress failures for one address, of any name, after which it is refused
     * @param triesOfName failures for one name, from any address, after which that name is refused for {@code first} to
     *     addresses it has not signed in from
     * @param first how long it is refused then; each further failure doubles it
     * @param longest the longest it is refused, and after how long without a failure all are forgotten
     */
    record Limits(
            @DefaultValue("5") int tries,
            @DefaultValue("20") int triesOfAddress,
            @DefaultValue("100") int triesOfName,
            @DefaultValue("30s") Duration first,
            @DefaultValue("15m") Duration longest) {}

    SecuritySettings {
        users = List.copyOf(users);
        var faults = new ArrayList<String>();
        var names = new HashSet<String>();
        for (int i = 0; i < users.size(); i++) {
            check("usher.security.users[" + i + "]", users.get(i), names, faults);
        }
        check(entra, faults);
        if (sessions.idle().toSeconds() < 1 || sessions.longest().compareTo(sessions.idle()) < 0) {
            faults.add("usher.security.sessions: idle must be 1s or more, and longest no less than idle");
        }
        if (sessions.perUser() < 1 || sessions.most() < sessions.perUser()) {
            faults.add("usher.security.sessions: per-user must be 1 or more, and most no less than per-user");
        }
        if (throttle.tries() < 1
                || throttle.triesOfAddress() < 1
                || throttle.triesOfName() < 1
                || throttle.first().isNegative()
                || throttle.longest().compareTo(throttle.first()) < 0) {
            faults.add(
                    "usher.security.throttle: tries, tries-of-address and tries-of-name must be 1 or more, and longest no"
                            + " less than first");
        }
        if (!consoleUrl.isEmpty() && !consoleUrl.matches("https?://[^/\\s]+(/\\S*[^/\\s])?")) {
            faults.add("usher.security.console-url is '" + consoleUrl
                    + "': set https://<host> without a slash at the end, or leave it blank");
        }
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", faults));
        }
    }

    private static void check(String key, LocalUser user, HashSet<String> names, List<String> faults) {
        if (user.name() == null || !NAME.matcher(user.name()).matches()) {
            faults.add(key + ".name must be 1 to 100 letters, digits, dots, dashes or underscores");
        } else if (!names.add(user.name())) {
            faults.add(key + ".name: there are two users '" + user.name() + "'");
        }
        var hash = BCRYPT.matcher(user.hash() == null ? "" : user.hash());
        if (!hash.matches()) {
            faults.add(key + ".hash is no bcrypt hash: make one by java -jar usher.jar hash-password");
        } else if (Integer.parseInt(hash.group(1)) < WEAKEST || Integer.parseInt(hash.group(1)) > SLOWEST) {
            faults.add(key + ".hash has the cost " + hash.group(1) + ": make one with a cost of " + WEAKEST + " to "
                    + SLOWEST + " by java -jar usher.jar hash-password");
        }
        if (user.role() == null) {
            faults.add(key + ".role is not set: set viewer or operator");
        }
    }

    private static void check(Entra entra, List<String> faults) {
        if (!entra.isUsed()) {
            return;
        }
        if (!isIssuer(entra.issuer())) {
            faults.add("usher.security.entra.issuer is '" + entra.issuer()
                    + "': set https://login.microsoftonline.com/<tenant id>/v2.0 (http only for localhost or"
                    + " 127.0.0.1)");
        }
        if (entra.clientSecret().isBlank()) {
            faults.add("usher.security.entra.client-secret is not set, but the client id is");
        }
    }

    private static boolean isIssuer(String issuer) {
        try {
            var uri = URI.create(issuer);
            var host = uri.getHost();
            return host != null
                    && ("https".equals(uri.getScheme())
                            || "http".equals(uri.getScheme())
                                    && List.of("localhost", "127.0.0.1").contains(host));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
