package dev.usher.sandbox.entra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.sandbox.server.Answer;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rules of {@code PATCH /users/{id}}: what may be set, to what, and what follows from it. */
final class UserPatch {
    private static final Pattern UPN_NAME = Pattern.compile("[A-Za-z0-9'._\\-!#^~]{1,64}");
    private static final Pattern MAIL = Pattern.compile("[\\x21-\\x7e&&[^@]]+@[\\x21-\\x7e&&[^@]]+");
    private static final Set<String> READ_ONLY = Set.of("id", "createdDateTime", "creationType", "proxyAddresses");
    private static final Set<String> TEXT_LISTS = Set.of("otherMails", "businessPhones");
    private static final Map<String, Integer> TEXTS = Map.ofEntries(
            Map.entry("displayName", 256),
            Map.entry("givenName", 64),
            Map.entry("surname", 64),
            Map.entry("mail", 320),
            Map.entry("userPrincipalName", 113),
            Map.entry("jobTitle", 128),
            Map.entry("department", 64),
            Map.entry("companyName", 64),
            Map.entry("city", 128),
            Map.entry("state", 128),
            Map.entry("country", 128),
            Map.entry("postalCode", 40),
            Map.entry("streetAddress", 1024),
            Map.entry("mobilePhone", 64),
            Map.entry("faxNumber", 64),
            Map.entry("officeLocation", 128),
            Map.entry("preferredLanguage", 64),
            Map.entry("usageLocation", 2),
            Map.entry("userType", 64),
            Map.entry("mailNickname", 64),
            Map.entry("employeeId", 16),
            Map.entry("employeeType", 64),
            Map.entry("ageGroup", 64),
            Map.entry("consentProvidedForMinor", 64),
            Map.entry("passwordPolicies", 256));
    /** Kinds of identity that the tenant itself issues. */
    private static final Set<String> LOCAL = Set.of("emailAddress", "userName", "userPrincipalName");

    private static final int MAILS = 10;
    private static final int IDENTITIES = 10;
    private static final int ASSIGNED_ID = 64;

    private final GraphErrors errors;
    private final ExtensionAttributes extensions;

    UserPatch(GraphErrors errors, ExtensionAttributes extensions) {
        this.errors = errors;
        this.extensions = extensions;
    }

    /** Null when every property may be set to its value. */
    @Nullable
    Answer refusal(JsonNode patch) {
        if (!patch.isObject()) {
            return errors.badRequest("Unable to read JSON request payload.");
        }
        for (Map.Entry<String, JsonNode> one : patch.properties()) {
            Answer refusal = refusal(one.getKey(), one.getValue());
            if (refusal != null) {
                return refusal;
            }
        }
        return null;
    }

    private @Nullable Answer refusal(String name, JsonNode value) {
        if (name.startsWith("extension_")) {
            if (!extensions.defined(name)) {
                return errors.badRequest("The following extension properties are not available: " + name + ".");
            }
            return extensions.takes(name, value) ? null : invalid(name);
        }
        if (name.equals("@odata.type") || name.equals("passwordProfile")) {
            return null;
        }
        if (READ_ONLY.contains(name)) {
            return errors.badRequest("Property '" + name + "' is read-only and cannot be set.");
        }
        if (name.equals("accountEnabled")) {
            return value.isBoolean() ? null : invalid(name);
        }
        if (TEXT_LISTS.contains(name)) {
            return textList(value) ? null : invalid(name);
        }
        if (name.equals("identities")) {
            return identities(value);
        }
        Integer longest = TEXTS.get(name);
        if (longest == null) {
            return errors.badRequest("One or more property values specified are invalid. Property '" + name
                    + "' does not exist on type 'microsoft.graph.user'.");
        }
        return text(name, value, longest);
    }

    private @Nullable Answer text(String name, JsonNode value, int longest) {
        boolean needed = name.equals("displayName") || name.equals("userPrincipalName");
        if (value.isNull()) {
            return needed ? invalid(name) : null;
        }
        if (!value.isTextual()
                || value.textValue().isEmpty()
                || value.textValue().length() > longest) {
            return invalid(name);
        }
        return switch (name) {
            case "userPrincipalName" -> principalName(value.textValue());
            case "mail" -> MAIL.matcher(value.textValue()).matches() ? null : invalid(name);
            default -> null;
        };
    }

    private @Nullable Answer principalName(String upn) {
        int at = upn.lastIndexOf('@');
        if (at < 0 || !upn.substring(at + 1).equalsIgnoreCase(EntraTenant.DOMAIN)) {
            return errors.badRequest(
                    "The domain portion of the userPrincipalName property is invalid. You must use one of"
                            + " the verified domain names in your organization.");
        }
        return UPN_NAME.matcher(upn.substring(0, at)).matches() ? null : invalid("userPrincipalName");
    }

    private @Nullable Answer identities(JsonNode identities) {
        boolean named = false;
        Set<String> seen = new HashSet<>();
        if (!identities.isArray() || identities.size() > IDENTITIES) {
            return invalid("identities");
        }
        for (JsonNode identity : identities) {
            String type = identity.path("signInType").asText("");
            String assigned = identity.path("issuerAssignedId").asText("");
            boolean principal = type.equals("userPrincipalName");
            String issuer = identity.path("issuer").asText("");
            if (type.isEmpty()
                    || assigned.isEmpty()
                    || issuer.isEmpty()
                    || LOCAL.contains(type) && !issuer.equalsIgnoreCase(EntraTenant.DOMAIN)
                    || type.equals("emailAddress") && !MAIL.matcher(assigned).matches()
                    || !seen.add((issuer + "|" + assigned).toLowerCase(Locale.ROOT))) {
                return invalid("identities");
            }
            if (principal && principalName(assigned) != null) {
                return principalName(assigned);
            }
            if (!principal && assigned.length() > ASSIGNED_ID) {
                return invalid("identities");
            }
            named |= principal;
        }
        return named
                ? null
                : errors.badRequest(
                        "The identities collection must contain the userPrincipalName identity of the user.");
    }

    private static boolean textList(JsonNode value) {
        if (!value.isArray()) {
            return false;
        }
        for (JsonNode one : value) {
            if (!one.isTextual()) {
                return false;
            }
        }
        return true;
    }

    private Answer invalid(String property) {
        return errors.badRequest("Invalid value specified for property '" + property + "' of resource 'User'.");
    }

    /** The user's properties after the patch; the principal name and its identity follow each other. */
    ObjectNode applyTo(ObjectNode properties, JsonNode patch) {
        ObjectNode changed = properties.deepCopy();
        patch.properties().forEach(one -> {
            String name = one.getKey();
            if (name.startsWith("extension_") && one.getValue().isNull()) {
                changed.remove(name);
            } else if (!name.equals("@odata.type") && !name.equals("passwordProfile")) {
                changed.set(name, one.getValue());
            }
        });
        if (patch.has("identities")) {
            changed.set("userPrincipalName", identity(changed).get("issuerAssignedId"));
        } else if (patch.has("userPrincipalName")) {
            identity(changed).set("issuerAssignedId", patch.get("userPrincipalName"));
        }
        return changed;
    }

    private static ObjectNode identity(ObjectNode user) {
        for (JsonNode identity : user.get("identities")) {
            if (identity.path("signInType").asText().equals("userPrincipalName")) {
                return (ObjectNode) identity;
            }
        }
        return user.withArrayProperty("identities")
                .addObject()
                .put("signInType", "userPrincipalName")
                .put("issuer", EntraTenant.DOMAIN);
    }

    /** The distinct addresses after the patch, or null when it is one more than a B2C tenant takes. */
    static @Nullable Set<String> mails(Set<String> before, JsonNode patch, boolean isB2c) {
        if (!patch.path("mail").isTextual()) {
            return before;
        }
        Set<String> after = new HashSet<>(before);
        after.add(patch.get("mail").textValue().toLowerCase(Locale.ROOT));
        return isB2c && after.size() > MAILS ? null : Set.copyOf(after);
    }
}
