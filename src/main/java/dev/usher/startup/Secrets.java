package dev.usher.startup;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What of a setting may be shown, and which settings are secrets. */
public final class Secrets {

    private static final Pattern SECRET = Pattern.compile(
            ".*(key|secrets?|tokens?|password|passwd|passphrase|passcode|credentials?|certificate)\\d*|pin");

    /** What can be no secret, no address and no name, whoever sets it: switches, amounts, times, days. */
    private static final Pattern HARMLESS = Pattern.compile("(?i)true|false|-?\\d{1,6}(\\.\\d{1,6})?"
            + "|-?\\d{1,6} ?(ns|us|ms|s|m|h|d|B|KB|MB|GB)|-?P[0-9DTHMS.]{1,20}|\\d{4}-\\d\\d-\\d\\d");

    /**
     * The settings whose text is shown, by the ends of their plain keys. Of all others only whether they are set: which of
     * the keys of somebody's own destination hold a secret or an address, nobody can know.
     */
    private static final Set<String> SHOWN = Set.of(
            "url",
            "mode",
            "brokerurl",
            "host",
            "address",
            "authority",
            "clientid",
            "graphurl",
            "extensionsappid",
            "attributes",
            "activities",
            "cron",
            "pagecron",
            "purgecron",
            "start",
            "columns.username",
            "columns.givenname",
            "columns.surname",
            "columns.email",
            "columns.consent",
            "columns.consentwhen",
            "header",
            "tag",
            "applicationuser",
            "authority.names",
            "authority.email",
            "authority.consent",
            "version",
            "apiversion",
            "audience",
            "newstatus",
            "ondisabled",
            "ondeleted",
            "settlefor",
            "externalid",
            "statefield",
            "statement",
            "registration",
            "claims",
            "provider",
            "model",
            "webroles.everybody",
            "webroles.business",
            "suffixalphabet",
            "rules.name",
            "rules.group",
            "rules.app",
            "rules.role",
            "rules.when",
            "issuer",
            "viewerrole",
            "operatorrole",
            "nameclaim",
            "shape");

    private Secrets() {}

    /**
     * Whether a key, or a name such as a kamelet's parameter, names a secret, in each of the spellings that Spring takes for
     * one: {@code api-key}, {@code apiKey}, {@code API_KEY}, {@code apikey}, {@code secrets[0]}.
     */
    public static boolean isSecret(String key) {
        var plain = withoutIndex(plain(key));
        return SECRET.matcher(plain.substring(plain.lastIndexOf('.') + 1)).matches();
    }

    /** The key without what its spellings differ in: dashes, underscores and case. */
    static String plain(String key) {
        return key.replaceAll("[-_]", "").toLowerCase(Locale.ROOT);
    }

    /** An entry of a list is {@code secrets[0]}, or {@code secrets.0} when it was bound to a map. */
    private static String withoutIndex(String key) {
        return key.replaceAll("\\[[^]]*]|\\.\\d+(?=\\.|$)", "");
    }

    /** The value as it may stand in a log: of secrets, addresses, names and whatever is not known, only whether it is set. */
    static String shown(String key, String value) {
        if (value.isBlank()) {
            return "not set";
        }
        if (isSecret(key)) {
            return "set";
        }
        if (HARMLESS.matcher(value).matches()) {
            return value;
        }
        var shown = withoutOptions(value);
        var plain = "." + withoutIndex(plain(key));
        return !shown.contains("@") && SHOWN.stream().anyMatch(end -> plain.endsWith("." + end)) ? shown : "set";
    }

    /** A URL without user, password and options; any other value as it is. */
    public static String withoutOptions(String value) {
        if (value.startsWith("jdbc:")) {
            return value.replaceAll("[;?].*", "").replaceFirst("^(jdbc:\\w+:).*@(//)?", "$1//");
        }
        return value.contains("://") ? value.replaceAll("[?#].*", "").replaceAll("//[^,()]*@", "//") : value;
    }
}
