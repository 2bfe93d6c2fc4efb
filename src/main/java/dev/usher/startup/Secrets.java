package dev.usher.startup;

import java.util.regex.Pattern;

/** What of a setting may be shown. */
public final class Secrets {

    private static final Pattern SECRET_KEY =
            Pattern.compile("(^|[.-])(password|secrets?|key|token|certificate|to|from|username)$");

    private Secrets() {}

    /** The value as it may stand in a log: secrets and addresses only as set or not set. */
    static String shown(String key, String value) {
        if (value.isBlank()) {
            return "not set";
        }
        return SECRET_KEY.matcher(key).find() ? "set" : withoutOptions(value);
    }

    /** A URL without user, password and options; any other value as it is. */
    public static String withoutOptions(String value) {
        var bare = value.startsWith("jdbc:") ? value.replaceAll("[;?].*", "") : value;
        return bare.contains("://") ? bare.replaceAll("//[^/@]*@", "//").replaceAll("\\?.*", "") : bare;
    }
}
