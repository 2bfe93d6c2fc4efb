package dev.usher.dataverse;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where Dataverse is, and what of its contacts Usher reads: {@code usher.dataverse}.
 *
 * @param enabled false: nothing of Dataverse is read, and no change comes from there
 * @param url the environment, such as {@code https://contoso.crm.dynamics.com}; plain http only for a loopback address
 * @param callsPerSecond most calls a second of this process, those of the destination counted in; at least 1. Dataverse allows
 *     6,000 in five minutes to one application user
 * @param columns logical names of the contact's columns
 * @param webhook how Dataverse's calls are recognised
 * @param changes how change tracking is read
 */
@ConfigurationProperties("usher.dataverse")
record DataverseSettings(
        @DefaultValue("false") boolean enabled,
        @Nullable URI url,
        @DefaultValue("19") int callsPerSecond,
        @DefaultValue Columns columns,
        @DefaultValue Webhook webhook,
        @DefaultValue Changes changes) {

    /**
     * @param userName holds the object id of the portal user
     * @param consent a yes/no or choice column; blank when contacts hold no consent
     * @param consentWhen the value, written as JSON, that means consent: {@code false} for {@code donotbulkemail}
     */
    record Columns(
            @DefaultValue("adx_identity_username") String userName,
            @DefaultValue("firstname") String givenName,
            @DefaultValue("lastname") String surname,
            @DefaultValue("emailaddress1") String email,
            @DefaultValue("") String consent,
            @DefaultValue("true") String consentWhen) {}

    /**
     * @param header name of the header that holds the secret; the query parameter {@code code} may hold it instead
     * @param secrets those valid now: one, or two during a rotation; none: every call is refused
     * @param tag what Usher's own writes carry as {@code ?tag=}; a change with this tag is dropped
     * @param applicationUser id of Usher's own user in Dataverse, whose changes are dropped; blank: asked by WhoAmI
     * @param url where Dataverse is to call; needed to register
     * @param register whether a missing registration is made at the start
     */
    record Webhook(
            @DefaultValue("x-usher-secret") String header,
            @DefaultValue List<String> secrets,
            @DefaultValue("usher") String tag,
            @DefaultValue("") String applicationUser,
            @DefaultValue("") String url,
            @DefaultValue("false") boolean register) {

        Webhook {
            secrets = secrets.stream()
                    .map(String::strip)
                    .filter(secret -> !secret.isEmpty())
                    .toList();
        }

        /** Says how many secrets there are, and none of them. */
        @Override
        public String toString() {
            return "Webhook[header=" + header + ", secrets=" + secrets.size() + ", url=" + url + "]";
        }
    }

    /** What the very first read of all contacts is for. */
    enum Start {
        /** Only what changes from now on becomes an event. */
        NOW,
        /** Every contact of a portal user becomes an event. */
        ALL
    }

    /**
     * @param pageSize contacts in one answer, 1 to 5000
     * @param start see {@link Start}
     */
    record Changes(
            @DefaultValue("500") int pageSize,
            @DefaultValue("now") Start start) {}

    DataverseSettings {
        var faults = new ArrayList<String>();
        if (enabled && !isEnvironment(url)) {
            faults.add("usher.dataverse.url is '" + (url == null ? "" : url)
                    + "': set https://<organisation>.crm.dynamics.com, without a path (http only for localhost or"
                    + " 127.0.0.1), or set usher.dataverse.enabled to false");
        }
        for (var column : List.of(columns.userName, columns.givenName, columns.surname, columns.email)) {
            if (!column.matches("[a-z][a-z0-9_]*")) {
                faults.add("usher.dataverse.columns has '" + column + "': write a logical name, such as firstname");
            }
        }
        if (!columns.consent.matches("[a-z0-9_]*")) {
            faults.add(
                    "usher.dataverse.columns.consent is '" + columns.consent + "': write a logical name, or nothing");
        }
        if (webhook.secrets.stream().anyMatch(secret -> secret.length() < 16)) {
            faults.add("usher.dataverse.webhook.secrets has one of less than 16 characters: take a random one");
        }
        if (callsPerSecond < 1) {
            faults.add("usher.dataverse.calls-per-second is " + callsPerSecond + ": set 1 or more");
        }
        if (changes.pageSize < 1 || changes.pageSize > 5000) {
            faults.add("usher.dataverse.changes.page-size is " + changes.pageSize + ": set 1 to 5000");
        }
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", faults));
        }
    }

    private static boolean isEnvironment(@Nullable URI url) {
        var host = url == null ? null : url.getHost();
        if (url == null || host == null || !url.getPath().matches("/?")) {
            return false;
        }
        var loopback = host.toLowerCase(Locale.ROOT).matches("localhost|127(\\.\\d{1,3}){3}|\\[::1]");
        return "https".equals(url.getScheme()) || loopback && "http".equals(url.getScheme());
    }
}
