package dev.usher.scenario;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;

/** The steps that people in front of Dataverse make. A change that fires the webhook is over when Usher has taken it. */
final class ContactSteps {

    private ContactSteps() {}

    /** Contacts by name: the Web API's columns, and {@code of} for the portal user it belongs to. */
    static Step.Action made(Located contacts) {
        return stage -> contacts.entries().forEach((name, contact) -> {
            var row = row(stage, contact);
            var query = query(row);
            taken(stage, query, () -> stage.contact(name, row, query));
        });
    }

    /** The contact of a step {@code contact}, or the one that Usher linked to a person. */
    static Step.Action changed(Located contacts) {
        return stage -> contacts.entries().forEach((name, contact) -> {
            var row = row(stage, contact);
            var query = query(row);
            taken(
                    stage,
                    query,
                    () -> stage.product.control("PATCH", "/contacts/" + stage.contactId(name) + query, row));
        });
    }

    static void delete(Stage stage, String name) {
        taken(stage, "", () -> stage.product.control("DELETE", "/contacts/" + stage.contactId(name), null));
    }

    static void register(Stage stage) {
        var answer = stage.product.registerWebhook();
        if (answer.status() != 200) {
            throw new AssertionError("was answered " + answer.status() + ": " + answer.body());
        }
        stage.webhook = true;
    }

    private static ObjectNode row(Stage stage, Located contact) {
        var row = (ObjectNode) stage.fill(contact.json());
        var owner = row.remove("of");
        if (owner != null) {
            row.put("adx_identity_username", stage.id(owner.asText()));
        }
        return row;
    }

    private static String query(ObjectNode row) {
        var webhook = row.remove("webhook");
        return webhook == null || webhook.asBoolean() ? "" : "?webhook=false";
    }

    private static void taken(Stage stage, String query, Runnable change) {
        long before = stage.product.queues().added();
        change.run();
        if (stage.webhook && query.isEmpty()) {
            await("the webhook")
                    .atMost(Duration.ofSeconds(10))
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> stage.product.queues().added() > before);
        }
    }
}
