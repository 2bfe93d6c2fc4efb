package dev.usher.scenario;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.event.Events;
import dev.usher.event.IdentityEvent;
import dev.usher.sandbox.mailchimp.MailchimpSystem;
import dev.usher.sandbox.stripe.StripeSystem;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jms.core.JmsTemplate;

/** Reads the steps of a scenario. */
final class Steps {

    static final String BY_HAND = "By-Hand";
    private static final String[] FAULT = {
        "status", "retryAfter", "latency", "cut", "stored", "headers", "malformed", "share", "count", "path"
    };
    private static final String KNOWN = "sign-up, change, delete, restore, poll, wait-until-quiet, wait-for-calls,"
            + " wait-for-outcome, faults, heal, limits, pause, resume, event, raw-event, control, by-hand, time-passes,"
            + " forget-calls, contact, change-contact, delete-contact, poll-contacts, register-webhook, reconcile, usher-forgets";

    private Steps() {}

    static List<Step> read(Located list) {
        var steps = new ArrayList<Step>();
        for (var item : list.items()) {
            if (!item.isMapping()) {
                steps.add(step(item, item.text(), item));
            } else if (item.entries().size() == 1) {
                item.entries().forEach((word, content) -> steps.add(step(item, word, content)));
            } else {
                throw item.wrong("a step is one key; start each with \"- \"; known are " + KNOWN);
            }
        }
        return steps;
    }

    private static Step step(Located item, String word, Located content) {
        return new Step(
                item.where(),
                word,
                switch (word) {
                    case "sign-up" -> signUps(content);
                    case "change" -> changes(content);
                    case "delete" ->
                        each(
                                content,
                                (stage, name) -> stage.product.control("DELETE", "/users/" + stage.id(name), null));
                    case "restore" ->
                        each(
                                content,
                                (stage, name) ->
                                        stage.product.control("POST", "/users/" + stage.id(name) + "/restore", null));
                    case "poll" -> polls(content);
                    case "wait-until-quiet" -> stage -> stage.product.quiet();
                    case "wait-for-calls" -> waitForCalls(content);
                    case "wait-for-outcome" -> waitForOutcome(content);
                    case "faults" -> faults(content);
                    case "limits" -> limits(content);
                    case "heal" ->
                        each(
                                content,
                                (stage, name) -> stage.product.control("DELETE", "/systems/" + name + "/faults", null));
                    case "pause" -> each(content, (stage, name) -> stage.product.hold(name));
                    case "resume" -> each(content, (stage, name) -> stage.product.release(name));
                    case "event" -> event(content);
                    case "raw-event" -> raw(content.text());
                    case "control" -> control(content);
                    case "by-hand" -> byHand(content);
                    case "reconcile" -> reconcile(content);
                    case "usher-forgets" ->
                        each(
                                content,
                                (stage, name) -> stage.product
                                        .database()
                                        .update("delete from projection where destination = ?", name));
                    case "time-passes" -> timePasses(content);
                    case "contact" -> ContactSteps.made(content);
                    case "change-contact" -> ContactSteps.changed(content);
                    case "delete-contact" -> each(content, ContactSteps::delete);
                    case "poll-contacts" -> stage -> stage.product.pollContacts();
                    case "register-webhook" -> ContactSteps::register;
                    case "forget-calls" ->
                        each(
                                content,
                                (stage, name) ->
                                        stage.product.sandbox().system(name).forgetCalls());
                    default -> throw item.wrong("unknown step \"" + word + "\"; known are " + KNOWN);
                });
    }

    private interface ForOne {
        void on(Stage stage, String name);
    }

    private static Step.Action each(Located content, ForOne action) {
        var names = content.oneOrMore().stream().map(Located::text).toList();
        return stage -> names.forEach(name -> action.on(stage, name));
    }

    /** People by name, each as POST /sign-ups takes them. */
    static Step.Action signUps(Located people) {
        people.entries()
                .forEach((name, person) -> person.members(
                        "email",
                        "givenName",
                        "surname",
                        "displayName",
                        "marketingConsent",
                        "customerType",
                        "attributes",
                        "auditDelay",
                        "readDelay"));
        return stage -> people.entries().forEach((name, person) -> stage.signUp(name, stage.fill(person.json())));
    }

    private static Step.Action changes(Located people) {
        people.entries().values().forEach(person -> {
            if (person.entries().containsKey("happened")) {
                ago(person.entries().get("happened"));
            }
        });
        return stage -> people.entries().forEach((name, person) -> {
            var body = (ObjectNode) stage.fill(person.json());
            if (body.remove("happened") != null) {
                body.put(
                        "activityDateTime",
                        Instant.now()
                                .minus(ago(person.entries().get("happened")))
                                .toString());
            }
            stage.product.control("PATCH", "/users/" + stage.id(name), body);
        });
    }

    private static Duration ago(Located time) {
        return duration(time, time.text().replaceAll(" ago$", ""));
    }

    private static Duration duration(Located where, String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException e) {
            throw where.wrong("must be an ISO duration such as PT10M");
        }
    }

    private static Step.Action polls(Located content) {
        int times = content.is("poll") ? 1 : content.number();
        return stage -> {
            for (int i = 0; i < times; i++) {
                stage.product.poll();
            }
        };
    }

    private static Step.Action reconcile(Located content) {
        if (!content.is("reconcile")) {
            content.members("mode", "deep", "destination");
        }
        return stage -> stage.product.reconcile(
                content.is("reconcile") ? JsonNodeFactory.instance.objectNode() : content.json());
    }

    private static Step.Action waitForCalls(Located content) {
        content.entries().values().forEach(Located::number);
        return stage -> content.entries()
                .forEach((system, count) -> await("calls of " + system)
                        .atMost(Duration.ofSeconds(15))
                        .pollInterval(Duration.ofMillis(20))
                        .until(() -> {
                            stage.product.poll();
                            return Calls.writes(stage, system).size() >= count.number();
                        }));
    }

    private static Step.Action waitForOutcome(Located content) {
        return stage -> content.entries()
                .forEach((name, destinations) -> destinations
                        .entries()
                        .forEach((destination, outcome) -> await(name + " in " + destination + ": " + outcome.text())
                                .atMost(Duration.ofSeconds(15))
                                .pollInterval(Duration.ofMillis(20))
                                .until(() -> {
                                    stage.product.poll();
                                    return stage.deliveries(name, destination).stream()
                                            .anyMatch(row -> outcome.text().equals(row.get("outcome")));
                                })));
    }

    /** Faults by system; a list of them acts in order. */
    static Step.Action faults(Located systems) {
        systems.entries().values().forEach(fault -> fault.oneOrMore().forEach(one -> one.members(FAULT)));
        return stage -> systems.entries()
                .forEach((system, fault) ->
                        stage.product.control("PUT", "/systems/" + system + "/faults", stage.fill(fault.json())));
    }

    static Step.Action limits(Located systems) {
        systems.entries().values().forEach(limit -> limit.members("perSecond", "concurrent"));
        return stage -> systems.entries()
                .forEach((system, limit) ->
                        stage.product.control("PUT", "/systems/" + system + "/limits", limit.json()));
    }

    private static Step.Action event(Located content) {
        var members = content.members("id", "type", "subject", "happened");
        if (!members.containsKey("type")) {
            throw content.wrong("needs a \"type\"");
        }
        var age = members.containsKey("happened") ? ago(members.get("happened")) : Duration.ZERO;
        return stage -> {
            var subject = members.get("subject");
            var id = members.get("id");
            stage.product
                    .bean(Events.class)
                    .publish(List.of(new IdentityEvent(
                            id == null ? UUID.randomUUID().toString() : id.text(),
                            "/scenario",
                            members.get("type").text(),
                            subject == null ? null : stage.fill(subject.text()),
                            Instant.now().minus(age),
                            null)));
        };
    }

    private static Step.Action raw(String text) {
        return stage -> new JmsTemplate(stage.product.bean(jakarta.jms.ConnectionFactory.class))
                .convertAndSend(Events.QUEUE, stage.fill(text));
    }

    private static Step.Action control(Located content) {
        var members = content.members("method", "path", "body");
        required(content, members, "method", "path");
        return stage -> stage.product.control(
                members.get("method").text(), stage.fill(members.get("path").text()), body(stage, members));
    }

    private static JsonNode body(Stage stage, Map<String, Located> members) {
        return members.containsKey("body") ? stage.fill(members.get("body").json()) : null;
    }

    private static void required(Located content, Map<String, Located> members, String... names) {
        for (var name : names) {
            if (!members.containsKey(name)) {
                throw content.wrong("needs a \"" + name + "\"");
            }
        }
    }

    /** What an administrator does at a vendor: a request with the vendor's key, or a statement in the database. */
    private static Step.Action byHand(Located content) {
        var members = content.members("system", "method", "path", "body", "statement");
        required(content, members, "system");
        if (members.get("system").is("sql")) {
            required(content, members, "statement");
            return stage -> statement(stage, stage.fill(members.get("statement").text()));
        }
        required(content, members, "method", "path");
        var system = members.get("system").text();
        return stage -> {
            var body = body(stage, members);
            var answer = stage.product.call(
                    URI.create("http://127.0.0.1:" + stage.product.sandbox().port(system)
                            + stage.fill(members.get("path").text())),
                    members.get("method").text(),
                    body == null ? "" : body.isTextual() ? body.textValue() : body.toString(),
                    credentials(members.get("system")));
            if (answer.status() >= 300) {
                throw new AssertionError("was answered " + answer.status() + ": " + answer.body());
            }
        };
    }

    private static Map<String, String> credentials(Located system) {
        return switch (system.text()) {
            case "stripe" ->
                Map.of(
                        BY_HAND,
                        "true",
                        "Authorization",
                        "Bearer " + StripeSystem.KEY,
                        "Content-Type",
                        "application/x-www-form-urlencoded");
            case "mailchimp" ->
                Map.of(
                        BY_HAND,
                        "true",
                        "Authorization",
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString(
                                                ("hand:" + MailchimpSystem.KEY).getBytes(StandardCharsets.UTF_8)),
                        "Content-Type",
                        "application/json");
            default -> throw system.wrong("can be stripe, mailchimp or sql; the others are changed with \"control\"");
        };
    }

    private static void statement(Stage stage, String sql) throws Exception {
        var url = stage.product.settings().getProperty("usher.destinations.sql.data-source.url", "");
        try (var connection = DriverManager.getConnection(url, "sa", "sandbox");
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** What Usher remembers becomes so much older; what vendors remember only for a while, they have forgotten. */
    private static Step.Action timePasses(Located content) {
        var length = duration(content, content.text());
        return stage -> {
            stage.product
                    .database()
                    .update(
                            "update projection set claimed_at = claimed_at - ? where claimed_at is not null",
                            length.toMillis());
            stage.product
                    .database()
                    .update(
                            "update birthright set asked_at = asked_at - ?, added_at = added_at - ?",
                            length.toMillis(),
                            length.toMillis());
            for (var group : List.of("names", "email", "consent")) {
                for (var side : List.of("directory", "contact")) {
                    var column = group + "_" + side + "_at";
                    stage.product
                            .database()
                            .update(
                                    "update linked_contact set " + column + " = " + column + " - ? where " + column
                                            + " > 0",
                                    length.toMillis());
                }
            }
            if (length.compareTo(Duration.ofHours(24)) >= 0) {
                stage.product.sandbox().stripe().forgetKeys();
            }
            stage.product.sandbox().stripe().searchLag(Duration.ZERO);
        };
    }
}
