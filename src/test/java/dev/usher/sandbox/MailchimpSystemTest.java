package dev.usher.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.sandbox.SandboxClient.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MailchimpSystemTest {
    private static final String MEMBERS = "/lists/a1b2c3d4e5/members";
    /** MD5 of urist.mcvankab@freddiesjokes.com, the vendor's own example. */
    private static final String HASH = "62eeb292278cc15f5817cb78f7790b08";

    private static final String NEW =
            "{\"email_address\":\"Urist.McVankab@freddiesjokes.com\",\"status_if_new\":\"%s\"}";

    private final Sandbox sandbox = Sandbox.start(SandboxPorts.random());
    private final SandboxClient client = new SandboxClient(sandbox);

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void aNewMemberGetsTheStatusForNewOnes() {
        Reply made = put(HASH, NEW.formatted("pending"));

        assertThat(made.status()).isEqualTo(200);
        assertThat(made.body().get("id").textValue()).isEqualTo(HASH);
        assertThat(made.body().get("status").textValue()).isEqualTo("pending");
        assertThat(client.records("mailchimp")).hasSize(1);

        client.control("POST", "/systems/mailchimp/members/urist.mcvankab@freddiesjokes.com/confirm", "");
        Reply again = put(HASH, NEW.formatted("pending"));

        assertThat(again.body().get("status").textValue()).isEqualTo("subscribed");
    }

    @Test
    void aMemberIsFoundByHashAddressAndContactId() {
        String contact =
                put(HASH, NEW.formatted("subscribed")).body().get("contact_id").textValue();

        for (String id : List.of(HASH, "urist.mcvankab@freddiesjokes.com", contact)) {
            assertThat(client.mailchimp("GET", MEMBERS + "/" + id, "").status()).isEqualTo(200);
        }
        assertThat(client.mailchimp("GET", MEMBERS + "/0123", "")
                        .body()
                        .get("title")
                        .textValue())
                .isEqualTo("Resource Not Found");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"email_address\":\"a@mail.test\"}|status_if_new",
                "{\"status_if_new\":\"pending\"}|email_address",
                "{\"email_address\":\"a@mail.test\",\"status_if_new\":\"maybe\"}|status_if_new",
                "{\"email_address\":\"a@mail.test\",\"status_if_new\":\"pending\",\"nickname\":\"A\"}|nickname",
                "{\"email_address\":\"a@mail.test\",\"status_if_new\":\"pending\",\"vip\":\"yes\"}|vip",
                "{\"email_address\":\"a@mail.test\",\"status_if_new\":\"pending\",\"merge_fields\":{\"NOPE\":\"A\"}}|NOPE",
                "{\"email_address\":\"a@mail.test\",\"status_if_new\":\"pending\",\"merge_fields\":{\"FNAME\":true}}|FNAME",
                "{\"email_address\":\"a@mail.test\",\"status_if_new\":\"pending\",\"marketing_permissions\":{}}|marketing_permissions"
            })
    void aWrongFieldIsNamed(String body, String field) {
        Reply reply = put("0123", body);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.header("Content-Type")).startsWith("application/problem+json");
        assertThat(reply.body().get("title").textValue()).isEqualTo("Invalid Resource");
        assertThat(reply.body().get("errors").get(0).get("field").textValue()).isEqualTo(field);
        assertThat(client.records("mailchimp")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"ada@example.com,400", "ada@sub.example.com,200", "ada@example.org,200", "nobody,400"})
    void onlyTheDomainExampleComLooksFake(String email, int status) {
        Reply reply = put("0123", "{\"email_address\":\"" + email + "\",\"status_if_new\":\"pending\"}");

        assertThat(reply.status()).isEqualTo(status);
    }

    @Test
    void whoLeftByThemselvesIsOnlySubscribedByTheirOwnClick() {
        put(HASH, NEW.formatted("subscribed"));
        control("unsubscribe");

        Reply forced = client.mailchimp("PATCH", MEMBERS + "/" + HASH, "{\"status\":\"subscribed\"}");
        Reply asked = client.mailchimp("PATCH", MEMBERS + "/" + HASH, "{\"status\":\"pending\"}");
        Reply forcedAgain = client.mailchimp("PATCH", MEMBERS + "/" + HASH, "{\"status\":\"subscribed\"}");
        control("confirm");

        assertThat(forced.status()).isEqualTo(400);
        assertThat(forced.body().get("title").textValue()).isEqualTo("Member In Compliance State");
        assertThat(asked.status()).isEqualTo(200);
        assertThat(forcedAgain.status()).isEqualTo(400);
        assertThat(client.records("mailchimp").get(0).get("status").textValue()).isEqualTo("subscribed");
    }

    @Test
    void whomTheApiUnsubscribedTheApiSubscribesAgain() {
        put(HASH, NEW.formatted("subscribed"));
        put(HASH, "{\"status\":\"unsubscribed\"}");

        Reply again = put(HASH, "{\"status\":\"subscribed\"}");

        assertThat(again.body().get("status").textValue()).isEqualTo("subscribed");
    }

    @Test
    void anotherAddressKeepsTheContactId() {
        String contact =
                put(HASH, NEW.formatted("subscribed")).body().get("contact_id").textValue();
        put("0123", "{\"email_address\":\"b@mail.test\",\"status_if_new\":\"subscribed\"}");

        Reply moved = client.mailchimp("PATCH", MEMBERS + "/" + contact, "{\"email_address\":\"new@mail.test\"}");
        Reply taken = client.mailchimp("PATCH", MEMBERS + "/" + contact, "{\"email_address\":\"b@mail.test\"}");

        assertThat(moved.body().get("contact_id").textValue()).isEqualTo(contact);
        assertThat(moved.body().get("id").textValue()).isNotEqualTo(HASH);
        assertThat(client.mailchimp("GET", MEMBERS + "/" + HASH, "").status()).isEqualTo(404);
        assertThat(taken.body().get("title").textValue()).isEqualTo("Member Exists");
        assertThat(client.records("mailchimp")).hasSize(2);
    }

    @Test
    void anErasedAddressNeverComesBack() {
        put(HASH, NEW.formatted("subscribed"));

        Reply erased = client.mailchimp("POST", MEMBERS + "/" + HASH + "/actions/delete-permanent", "");
        Reply back = put(HASH, NEW.formatted("pending"));

        assertThat(erased.status()).isEqualTo(204);
        assertThat(back.status()).isEqualTo(400);
        assertThat(back.body().get("title").textValue()).isEqualTo("Forgotten Email Not Subscribed");
        assertThat(back.body().has("type")).isFalse();
    }

    @Test
    void aMemberIsArchivedOnce() {
        put(HASH, NEW.formatted("subscribed"));

        assertThat(client.mailchimp("DELETE", MEMBERS + "/" + HASH, "").status())
                .isEqualTo(204);
        assertThat(client.mailchimp("DELETE", MEMBERS + "/" + HASH, "").status())
                .isEqualTo(405);
        assertThat(client.records("mailchimp").get(0).get("status").textValue()).isEqualTo("archived");
    }

    @Test
    void aPendingMemberIsNotArchived() {
        put(HASH, NEW.formatted("pending"));

        assertThat(client.mailchimp("DELETE", MEMBERS + "/" + HASH, "").status())
                .isEqualTo(405);
    }

    @Test
    void tagsArePutOnAndTakenOff() {
        put(HASH, NEW.formatted("subscribed"));
        tag("customer", "active");
        tag("trial", "active");

        Reply off = tag("trial", "inactive");

        assertThat(off.status()).isEqualTo(204);
        assertThat(client.records("mailchimp").get(0).get("tags")).hasSize(1);
        assertThat(client.mailchimp("POST", MEMBERS + "/0123/tags", "{\"tags\":[]}")
                        .status())
                .isEqualTo(404);
        assertThat(tag("trial", "off").status()).isEqualTo(400);
    }

    @Test
    void aWrongKeyIsRefused() {
        Reply reply = client.send(
                SandboxClient.request("GET", "http://127.0.0.1:" + sandbox.port("mailchimp") + "/3.0/ping", ""));

        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.body().get("title").textValue()).isEqualTo("API Key Invalid");
    }

    @Test
    void anEleventhConnectionIsTooMany() {
        client.control("PUT", "/systems/mailchimp/faults", "{\"latency\":\"PT0.5S\"}");
        List<CompletableFuture<Reply>> calls = new ArrayList<>();
        for (int i = 0; i < 11; i++) {
            calls.add(CompletableFuture.supplyAsync(
                    () -> client.mailchimp("GET", "/ping", ""), task -> new Thread(task).start()));
        }

        List<Integer> statuses = calls.stream()
                .map(CompletableFuture::join)
                .map(Reply::status)
                .sorted()
                .toList();

        assertThat(statuses.subList(0, 10)).containsOnly(200);
        assertThat(statuses.get(10)).isEqualTo(429);
    }

    private Reply put(String hash, String body) {
        return client.mailchimp("PUT", MEMBERS + "/" + hash, body);
    }

    private Reply tag(String name, String status) {
        return client.mailchimp(
                "POST",
                MEMBERS + "/" + HASH + "/tags",
                "{\"tags\":[{\"name\":\"" + name + "\",\"status\":\"" + status + "\"}]}");
    }

    private void control(String action) {
        Reply reply =
                client.control("POST", "/systems/mailchimp/members/urist.mcvankab@freddiesjokes.com/" + action, "");
        assertThat(reply.status()).isEqualTo(204);
    }
}
