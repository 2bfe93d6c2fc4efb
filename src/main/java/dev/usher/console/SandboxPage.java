package dev.usher.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.usher.request.RequestProblem;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The page {@code /sandbox}: the first five minutes of a newcomer. Only with the profile sandbox. */
@Controller
@Profile("sandbox")
@RequestMapping("/sandbox")
final class SandboxPage {

    private static final int CONTACTS_SHOWN = 20;
    private static final List<String> SYSTEMS =
            List.of("stripe", "mailchimp", "salesforce", "dataverse", "sql", "entra", "mail");
    private static final List<String> READ = Stream.concat(
                    Stream.of("/contacts"), SYSTEMS.stream().map(SandboxPage::faults))
            .toList();
    private static final List<List<String>> NAMES = List.of(
            List.of("Ada", "Lovelace"),
            List.of("Grace", "Hopper"),
            List.of("Alan", "Turing"),
            List.of("Katherine", "Johnson"),
            List.of("Edsger", "Dijkstra"),
            List.of("Radia", "Perlman"),
            List.of("Barbara", "Liskov"),
            List.of("Tony", "Hoare"));

    private final SandboxControl control;
    private final Clock clock;

    SandboxPage(SandboxControl control, Clock clock) {
        this.control = control;
        this.clock = clock;
    }

    /** Somebody who could sign up next. */
    record Proposal(String givenName, String surname, String email) {}

    /** A contact in the simulated Dataverse. */
    record ContactView(String id, String givenName, String surname, String email) {}

    /** @param ill whether it misbehaves now */
    record SystemView(String name, boolean ill) {}

    /** How a system can be made to misbehave: the word in the form, and what the control API is told. */
    private static final Map<String, JsonNode> ILLS = Map.of(
            "down", JsonNodeFactory.instance.objectNode().put("status", 503),
            "busy", JsonNodeFactory.instance.objectNode().put("status", 429).put("retryAfter", 30),
            "refuses", JsonNodeFactory.instance.objectNode().put("status", 400),
            "slow", JsonNodeFactory.instance.objectNode().put("latency", "PT3S"),
            "lost", JsonNodeFactory.instance.objectNode().put("cut", "after").put("count", 1));

    @GetMapping
    String show(
            @RequestParam(required = false) @Nullable String person,
            @RequestParam(required = false) @Nullable String changed,
            Model model) {
        model.addAttribute("person", person);
        model.addAttribute("changed", changed);
        model.addAttribute("next", proposal());
        var answers = control.read(READ);
        model.addAttribute("contacts", contacts(answers.get(0)));
        model.addAttribute("systems", systems(answers.subList(1, answers.size())));
        return "sandbox";
    }

    private Proposal proposal() {
        long now = clock.millis() / 1000;
        var name = NAMES.get((int) (now % NAMES.size()));
        return new Proposal(
                name.get(0),
                name.get(1),
                name.get(0).toLowerCase(java.util.Locale.ROOT) + "." + now % 100_000 + "@example.test");
    }

    private static List<ContactView> contacts(JsonNode answer) {
        var found = new ArrayList<ContactView>();
        (answer.isArray() ? answer : answer.path("value"))
                .forEach(contact -> found.add(new ContactView(
                        contact.path("contactid").asText(),
                        contact.path("firstname").asText(""),
                        contact.path("lastname").asText(""),
                        contact.path("emailaddress1").asText(""))));
        Collections.reverse(found);
        return found.stream().limit(CONTACTS_SHOWN).toList();
    }

    private static List<SystemView> systems(List<JsonNode> answers) {
        return IntStream.range(0, SYSTEMS.size())
                .mapToObj(i -> new SystemView(
                        SYSTEMS.get(i), answers.get(i).path("faults").asInt() > 0))
                .toList();
    }

    @PostMapping("/sign-ups")
    String signUp(
            @RequestParam String email,
            @RequestParam(defaultValue = "") String givenName,
            @RequestParam(defaultValue = "") String surname,
            @RequestParam(defaultValue = "") String customerType,
            @RequestParam(defaultValue = "false") boolean marketingConsent) {
        var person = JsonNodeFactory.instance
                .objectNode()
                .put("email", email.strip())
                .put("givenName", givenName.strip())
                .put("surname", surname.strip())
                .put("marketingConsent", marketingConsent);
        if (!customerType.isBlank()) {
            person.putObject("attributes").put("customerType", customerType);
        }
        var made = control.call("POST", "/sign-ups", person);
        return "redirect:/sandbox?person=" + made.path("userId").asText();
    }

    @PostMapping("/contacts")
    String change(
            @RequestParam String contact,
            @RequestParam(defaultValue = "") String firstname,
            @RequestParam(defaultValue = "") String lastname) {
        var changes = JsonNodeFactory.instance.objectNode();
        if (!firstname.isBlank()) {
            changes.put("firstname", firstname.strip());
        }
        if (!lastname.isBlank()) {
            changes.put("lastname", lastname.strip());
        }
        if (changes.isEmpty() || !contact.matches("[0-9a-fA-F-]{36}")) {
            throw RequestProblem.wrong("Choose a contact, and write a new first name or surname");
        }
        control.call("PATCH", "/contacts/" + contact, changes);
        return "redirect:/sandbox?changed=" + contact;
    }

    private static String faults(String system) {
        return "/systems/" + system + "/faults";
    }

    @PostMapping("/systems/{system}")
    String system(@PathVariable String system, @RequestParam String ill) {
        if (!SYSTEMS.contains(system)) {
            throw RequestProblem.missing("There is no system \"" + system + "\": choose one of " + SYSTEMS);
        }
        var path = faults(system);
        var order = ILLS.get(ill);
        if (ill.equals("none")) {
            control.call("DELETE", path, null);
        } else if (order != null) {
            control.call("PUT", path, order);
        } else {
            throw RequestProblem.wrong("ill is \"" + ill + "\": send none or one of " + ILLS.keySet());
        }
        return "redirect:/sandbox#systems";
    }
}
