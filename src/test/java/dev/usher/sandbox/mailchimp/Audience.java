package dev.usher.sandbox.mailchimp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.sandbox.server.Answer;
import dev.usher.sandbox.server.Json;
import dev.usher.sandbox.server.RandomIds;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The members of the list and the addresses it must never take again. */
final class Audience {
    private final Clock clock;
    private final Map<String, Member> byHash = new LinkedHashMap<>();
    private final Map<String, String> hashByContact = new LinkedHashMap<>();
    private final Set<String> forgotten = new HashSet<>();
    private int webId = 400_750_000;

    Audience(Clock clock) {
        this.clock = clock;
    }

    /** By hash, plain address or contact id. */
    synchronized Optional<Member> find(String id) {
        Member member = byHash.get(id);
        if (member == null && hashByContact.containsKey(id)) {
            member = byHash.get(hashByContact.get(id));
        }
        return Optional.ofNullable(member == null && id.indexOf('@') > 0 ? byHash.get(Member.hash(id)) : member);
    }

    synchronized List<Member> all() {
        return List.copyOf(byHash.values());
    }

    synchronized void clear() {
        byHash.clear();
        hashByContact.clear();
        forgotten.clear();
    }

    /** Makes a member or changes the one the path names. */
    synchronized Answer put(String id, JsonNode body) {
        Optional<Member> member = find(id);
        return member.isPresent() ? change(member.get(), body) : create(body, "status_if_new");
    }

    synchronized Answer patch(String id, JsonNode body) {
        return find(id).map(member -> change(member, body)).orElseGet(MailchimpErrors::notFound);
    }

    synchronized Answer post(JsonNode body) {
        String email = body.path("email_address").asText("");
        Optional<Member> member = find(Member.hash(email));
        if (member.isEmpty()) {
            return create(body, "status");
        }
        return member.get().status().equals("archived") ? change(member.get(), body) : MailchimpErrors.exists(email);
    }

    private Answer create(JsonNode body, String needed) {
        String email = body.path("email_address").asText("");
        if (email.isEmpty()) {
            return MailchimpErrors.invalid("email_address", "This value should not be blank.");
        }
        String status = body.path(body.has("status") ? "status" : needed).asText("");
        if (status.isEmpty()) {
            return MailchimpErrors.invalid(needed, "This value should not be blank.");
        }
        String hash = Member.hash(email);
        if (forgotten.contains(hash)) {
            return MailchimpErrors.forgotten(email);
        }
        if (byHash.containsKey(hash)) {
            return MailchimpErrors.exists(email);
        }
        ObjectNode content = blank(hash, email);
        String now = now();
        content.put("status", status).put("timestamp_signup", now);
        content.put("timestamp_opt", status.equals("subscribed") ? now : "");
        apply(body, content);
        tag(content, tagsOfPost(body.path("tags")));
        return answer(store(null, new Member(content, false, status.equals("pending") ? 1 : 0)));
    }

    private Answer change(Member before, JsonNode body) {
        String email = body.path("email_address").asText(before.email());
        String hash = Member.hash(email);
        if (!hash.equals(before.hash()) && byHash.containsKey(hash)) {
            return MailchimpErrors.exists(email);
        }
        if (forgotten.contains(hash)) {
            return MailchimpErrors.forgotten(email);
        }
        String status = body.path("status").asText("");
        boolean held = before.leftByItself() || before.status().equals("cleaned");
        if (status.equals("subscribed") && held) {
            return MailchimpErrors.compliance(email);
        }
        ObjectNode content = before.content().deepCopy();
        if (!email.equals(before.email())) {
            content.put("id", hash).put("email_address", email).put("unique_email_id", unique());
        }
        if (!status.isEmpty()) {
            content.put("status", status);
        }
        apply(body, content);
        int sent = before.confirmationsSent() + (status.equals("pending") ? 1 : 0);
        return answer(store(before, new Member(content, held, sent)));
    }

    private Member store(@Nullable Member before, Member after) {
        after.content().put("last_changed", now());
        if (before != null && !before.hash().equals(after.hash())) {
            byHash.remove(before.hash());
        }
        byHash.put(after.hash(), after);
        hashByContact.put(after.contactId(), after.hash());
        return after;
    }

    private static void apply(JsonNode body, ObjectNode content) {
        for (String name : List.of(
                "email_type",
                "language",
                "vip",
                "location",
                "ip_signup",
                "timestamp_signup",
                "ip_opt",
                "timestamp_opt")) {
            if (body.has(name)) {
                content.set(name, body.get(name));
            }
        }
        ObjectNode merged = content.withObjectProperty("merge_fields");
        body.path("merge_fields")
                .properties()
                .forEach(one -> merged.put(one.getKey(), one.getValue().asText()));
        if (body.has("interests")) {
            content.withObjectProperty("interests").setAll((ObjectNode) body.get("interests"));
        }
        if (body.has("marketing_permissions")) {
            content.set("marketing_permissions", body.get("marketing_permissions"));
        }
        content.put(
                "full_name",
                (merged.path("FNAME").asText("") + " " + merged.path("LNAME").asText("")).trim());
    }

    /** Puts tags on and takes them off. False when there is no such member. */
    synchronized boolean tag(String id, JsonNode tags) {
        Optional<Member> found = find(id);
        found.ifPresent(member -> {
            ObjectNode content = member.content().deepCopy();
            tag(content, tags);
            store(member, new Member(content, member.leftByItself(), member.confirmationsSent()));
        });
        return found.isPresent();
    }

    private static void tag(ObjectNode content, JsonNode changes) {
        Map<String, JsonNode> kept = new LinkedHashMap<>();
        content.path("tags").forEach(tag -> kept.put(tag.get("name").asText(), tag));
        for (JsonNode change : changes) {
            String name = change.path("name").asText();
            if (change.path("status").asText().equals("active")) {
                kept.putIfAbsent(
                        name,
                        Json.object()
                                .put("id", Math.abs(name.hashCode() % 1_000_000))
                                .put("name", name));
            } else {
                kept.remove(name);
            }
        }
        content.putArray("tags").addAll(kept.values());
        content.put("tags_count", kept.size());
    }

    private static ArrayNode tagsOfPost(JsonNode names) {
        ArrayNode tags = Json.array();
        names.forEach(name -> tags.addObject().put("name", name.asText()).put("status", "active"));
        return tags;
    }

    /** Archives a member: 204, 404, or 405 for one that is pending, bounced or archived already. */
    synchronized Answer archive(String id) {
        Optional<Member> member = find(id);
        if (member.isEmpty()) {
            return MailchimpErrors.notFound();
        }
        if (Set.of("pending", "cleaned", "archived").contains(member.get().status())) {
            return MailchimpErrors.notAllowed(
                    "This list member cannot be removed. Can not archive a contact that is bounced,"
                            + " pending or archived");
        }
        set(member.get(), "archived", member.get().leftByItself());
        return Answer.empty(204);
    }

    /** Erases a member for good; the address cannot come back over the API. False when there is no such member. */
    synchronized boolean forget(String id) {
        Optional<Member> member = find(id);
        member.ifPresent(gone -> {
            byHash.remove(gone.hash());
            hashByContact.remove(gone.contactId());
            forgotten.add(gone.hash());
        });
        return member.isPresent();
    }

    /** The person leaves by the link in a mail. False when there is no such member. */
    synchronized boolean unsubscribe(String id) {
        Optional<Member> member = find(id);
        member.ifPresent(one -> set(one, "unsubscribed", true));
        return member.isPresent();
    }

    /** The person clicks the double opt-in mail. False when nobody is pending under this address. */
    synchronized boolean confirm(String id) {
        Optional<Member> member = find(id).filter(one -> one.status().equals("pending"));
        member.ifPresent(one -> set(one, "subscribed", false));
        return member.isPresent();
    }

    private void set(Member member, String status, boolean leftByItself) {
        ObjectNode content = member.content().deepCopy().put("status", status);
        store(member, new Member(content, leftByItself, member.confirmationsSent()));
    }

    private static Answer answer(Member member) {
        return Answer.json(200, "application/json; charset=utf-8", member.content());
    }

    private ObjectNode blank(String hash, String email) {
        ObjectNode member = Json.object()
                .put("id", hash)
                .put("email_address", email)
                .put("unique_email_id", unique())
                .put("contact_id", RandomIds.uuid().replace("-", ""))
                .put("full_name", "")
                .put("web_id", ++webId)
                .put("email_type", "html")
                .put("status", "")
                .put("consents_to_one_to_one_messaging", true);
        ObjectNode merge = member.putObject("merge_fields");
        MemberFields.MERGE_TAGS.forEach(tag -> merge.put(tag, ""));
        member.putObject("stats").put("avg_open_rate", 0).put("avg_click_rate", 0);
        member.put("ip_signup", "")
                .put("timestamp_signup", "")
                .put("ip_opt", "")
                .put("timestamp_opt", "");
        member.put("member_rating", 2)
                .put("last_changed", "")
                .put("language", "")
                .put("vip", false);
        member.put("email_client", "").putObject("location").put("latitude", 0).put("longitude", 0);
        member.put("source", "API - Generic").put("tags_count", 0).putArray("tags");
        member.put("list_id", MailchimpSystem.LIST).putArray("_links");
        return member;
    }

    private String now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString().replace("Z", "+00:00");
    }

    private static String unique() {
        return RandomIds.uuid().substring(26);
    }

    /** The members as the vendor shows them, and how many double opt-in mails each was sent, which the vendor does not show. */
    List<ObjectNode> contents() {
        List<ObjectNode> contents = new ArrayList<>();
        all().forEach(member ->
                contents.add(member.content().deepCopy().put("confirmations_sent", member.confirmationsSent())));
        return contents;
    }
}
