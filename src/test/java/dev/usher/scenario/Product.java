package dev.usher.scenario;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.usher.UsherApplication;
import dev.usher.dataverse.EndOfOutage;
import dev.usher.delivery.Calm;
import dev.usher.sandbox.Sandbox;
import dev.usher.sandbox.SandboxPorts;
import dev.usher.username.Proposal;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.camel.CamelContext;
import org.apache.camel.support.DefaultConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.util.FileSystemUtils;

/**
 * The whole product in one JVM with the sandbox: the routes and configuration of the project, an H2 database and a broker
 * below {@code target/}. Only two things differ from a real start: the waits are short, and the audit log is polled when
 * {@link #poll} says so instead of by a timer.
 */
public final class Product implements AutoCloseable {

    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final List<String> TABLES = List.of(
            "person",
            "projection",
            "delivery",
            "dead_letter",
            "alarm",
            "alarm_notice",
            "destination_pause",
            "seen_record",
            "birthright",
            "departure",
            "linked_contact",
            "unread_contact",
            "change_link",
            "mail_value",
            "reconciliation",
            "listed_user",
            "hand_edit",
            "lateness");
    /** The property that names the folder of the data; target/ unless set. */
    static final String DATA = "usher.scenarios.data";

    /** The contact says names and address, and Entra gets both. */
    static final Map<String, String> BELIEVES_CONTACTS = Map.of(
            "usher.authority.names", "dataverse",
            "usher.authority.email", "dataverse",
            "usher.destinations.entra.address", "both",
            "usher.destinations.entra.mail-values", "3",
            // the contacts of these files are made by their steps
            "usher.destinations.dataverse.enabled", "false");

    public static final String NEW_SECRET = "a-new-secret-of-the-webhook";
    public static final String OLD_SECRET = "an-old-secret-of-the-webhook";
    private static final String RECONCILIATION = "/actuator/reconciliation";
    private static final String POLL = "poll-entra-audit-log";
    private static final String POLL_CONTACTS = "poll-dataverse-contacts";

    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();
    private final Sandbox sandbox;
    private final String[] arguments;
    private ConfigurableApplicationContext usher;
    private Queues queues;
    private JdbcTemplate jdbc;
    private final Set<String> held = new HashSet<>();
    private final List<ApplicationContext> children = new CopyOnWriteArrayList<>();

    private Product(Sandbox sandbox, String[] arguments) {
        this.sandbox = sandbox;
        this.arguments = arguments;
        run();
    }

    private void run() {
        var application = new SpringApplication(UsherApplication.class);
        application.setAdditionalProfiles("sandbox");
        application.setRegisterShutdownHook(false);
        children.clear();
        application.addListeners((ApplicationListener<ContextRefreshedEvent>) refreshed -> {
            if (refreshed.getApplicationContext().getParent() != null) {
                children.add(refreshed.getApplicationContext());
            }
        });
        usher = application.run(arguments);
        queues = new Queues(usher.getBean(EmbeddedActiveMQ.class).getActiveMQServer());
        jdbc = usher.getBean(JdbcTemplate.class);
    }

    /** Usher stops and starts again on the same data; the sandbox stays. */
    public void restart() {
        usher.close();
        run();
    }

    /** The same with other properties on top. */
    void restart(Map<String, String> changed) {
        usher.close();
        for (int i = 0; i < arguments.length; i++) {
            var key = arguments[i].substring(2, arguments[i].indexOf('='));
            if (changed.containsKey(key)) {
                arguments[i] = "--" + key + "=" + changed.get(key);
            }
        }
        run();
    }

    /** Starts both, with more properties than the usual ones. @param name of the folder below target/ */
    public static Product start(String name, Map<String, String> more) throws IOException {
        return startWith(name, sandbox -> more);
    }

    /** The same, with properties that depend on where the sandbox is. */
    public static Product startWith(String name, Function<Sandbox, Map<String, String>> more) throws IOException {
        var data = Path.of(System.getProperty(DATA, "target"), name);
        FileSystemUtils.deleteRecursively(data);
        var sandbox = Sandbox.start(SandboxPorts.random());
        try {
            var properties = new LinkedHashMap<>(quick());
            properties.putAll(sandbox.properties());
            properties.put("usher.data", data.toString());
            properties.put("sandbox.port.control", String.valueOf(sandbox.port("control")));
            // Several products run in this virtual machine. Quartz keeps the connections of a scheduler by its name:
            // under one name a product took the jobs of another. A job finds its context by the context's name, which
            // must be the same after a restart.
            properties.put("camel.main.name", name);
            properties.put("spring.quartz.scheduler-name", name);
            properties.putAll(more.apply(sandbox));
            return new Product(
                    sandbox,
                    properties.entrySet().stream()
                            .map(property -> "--" + property.getKey() + "=" + property.getValue())
                            .toArray(String[]::new));
        } catch (RuntimeException e) {
            sandbox.close();
            throw e;
        }
    }

    /** Short waits: what takes minutes in production takes a second here, by the same rules. */
    private static Map<String, String> quick() {
        var properties = new LinkedHashMap<String, String>();
        properties.put("server.port", "0");
        properties.put("management.server.port", "0");
        properties.put("spring.jmx.enabled", "false");
        properties.put("usher.security.users[0].name", OPERATOR);
        properties.put("usher.security.users[0].role", "operator");
        properties.put("usher.security.users[0].hash", "$2a$10$/7D/zXV6NFFkbtVYMULoMuevvN.mpKcH1UQSNDEADZ9OfIRv.xnQK");
        properties.put("usher.security.users[1].name", VIEWER);
        properties.put("usher.security.users[1].role", "viewer");
        properties.put("usher.security.users[1].hash", "$2a$10$Qk5pl0PjNoAwuVT3da.1jutVDd5iYufzlnMeWjJy5/CS6OBJT//OG");
        properties.put("usher.entra.poll.cron", "0 0 0 1 1 ? 2099");
        properties.put("usher.dead-letters.cron", "0 0 0 1 1 ? 2099");
        properties.put("usher.reconciliation.cron", "0 0 0 1 1 ? 2099");
        properties.put("usher.reconciliation.page-cron", "0 0 0 1 1 ? 2099");
        properties.put("usher.reconciliation.grace", "0s");
        properties.put("usher.entra.poll.requests", "1000");
        properties.put("usher.entra.poll.per", "PT1S");
        properties.put("usher.dataverse.changes.cron", "0 0 0 1 1 ? 2099");
        properties.put("usher.dataverse.webhook.register", "false");
        properties.put("usher.dataverse.webhook.url", "");
        properties.put("usher.dataverse.look-again-cron", "0 0 0 1 1 ? 2099");
        properties.put("usher.dataverse.calls-per-second", "1000");
        properties.put("usher.alerts.limits.webhook", "1d");
        properties.put("usher.alerts.limits.registration", "1d");
        properties.put("usher.alerts.limits.source-stuck", "1d");
        properties.put("usher.dataverse.webhook.secrets", NEW_SECRET + "," + OLD_SECRET);
        properties.put("usher.authority.names", "entra");
        properties.put("usher.authority.email", "entra");
        properties.put("usher.destinations.entra.settle", "150ms");
        properties.put("usher.entra.timeout", "1s");
        properties.put("usher.destinations.dataverse.calls", "1000");
        properties.put("camel.component.http.response-timeout", "1000");
        properties.put("camel.component.http.so-timeout", "1000");
        properties.put("usher.destinations.sql.data-source.timeout", "1s");
        properties.put("usher.destinations.sql.data-source.answer-timeout", "1s");
        properties.put("usher.destinations.salesforce.pause.obey", "1s");
        properties.put("usher.destinations.salesforce.reserve.recheck", "4s");
        for (var name : List.of(
                "router",
                "destinations.stripe",
                "destinations.mailchimp",
                "destinations.salesforce",
                "destinations.sql",
                "destinations.entra",
                "destinations.dataverse",
                "destinations.birthrights")) {
            properties.put("usher." + name + ".retry.first", "100ms");
            properties.put("usher." + name + ".retry.most", "500ms");
            properties.put("usher." + name + ".pause.first", "100ms");
            properties.put("usher." + name + ".pause.most", "300ms");
        }
        return properties;
    }

    public Sandbox sandbox() {
        return sandbox;
    }

    public <T> T bean(Class<T> type) {
        return usher.getBean(type);
    }

    /** What Usher would call this user first, before the {@code @}. */
    String proposedName(String id, String givenName, String surname) {
        return Proposal.first(usher, id, givenName, surname);
    }

    /** Tells all listeners in Usher of an event. */
    void tell(Object event) {
        usher.publishEvent(event);
    }

    public Environment settings() {
        return usher.getEnvironment();
    }

    Queues queues() {
        return queues;
    }

    public JdbcTemplate database() {
        return jdbc;
    }

    public CamelContext camel() {
        return bean(CamelContext.class);
    }

    /** Calls the control API of the sandbox. @throws AssertionError when it refuses */
    public JsonNode control(String method, String path, @Nullable JsonNode body) {
        var answer = call(sandbox.control().resolve(path), method, body == null ? "" : body.toString(), Map.of());
        if (answer.status() >= 300) {
            throw new AssertionError(method + " " + path + " was answered " + answer.status() + ": " + answer.body());
        }
        return answer.body();
    }

    /** Users of the console, with their passwords. */
    public static final String OPERATOR = "olga";

    public static final String VIEWER = "victor";
    public static final Map<String, String> PASSWORDS =
            Map.of(OPERATOR, "olga-may-do-all", VIEWER, "victor-only-looks");

    /** An answer to a call. @param body JSON; missing when there was none */
    public record Answer(int status, JsonNode body) {}

    /** Calls any address; Usher's own, webhooks excepted, with the key of the commands. */
    public Answer call(URI address, String method, String body, Map<String, String> headers) {
        var request = HttpRequest.newBuilder(address).method(method, BodyPublishers.ofString(body));
        headers.forEach(request::header);
        boolean isUsher = List.of(console().getPort(), management().getPort()).contains(address.getPort());
        if (isUsher && !address.getPath().startsWith("/hooks/")) {
            request.header("Authorization", "Bearer " + key());
        }
        try {
            var answer = http.send(request.build(), BodyHandlers.ofString());
            return new Answer(answer.statusCode(), json.readTree(answer.body()));
        } catch (IOException e) {
            throw new AssertionError("no answer to " + method + " " + address, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Lets the audit log be polled once, as the timer would. @return whether Graph was asked, and answered */
    public boolean poll() {
        var before = polls();
        fire(POLL);
        return polls() > before;
    }

    /** Lets the changes of contacts be read once, as the timer would. */
    public void pollContacts() {
        fire(POLL_CONTACTS);
    }

    /** Lets those be looked at again whose contact could not be read, as the timer would. */
    public void lookAgainAtContacts() {
        fire("look-again-at-contacts");
    }

    /** Lets what was decided of dead letters be done, as the timer would. */
    public void settleDeadLetters() {
        fire("settle-dead-letters");
    }

    /** Lets a route on a timer run once. */
    private void fire(String route) {
        var consumer = (DefaultConsumer) camel().getRoute(route).getConsumer();
        var exchange = consumer.createExchange(false);
        try {
            consumer.createUoW(exchange);
            consumer.getProcessor().process(exchange);
        } catch (Exception e) {
            throw new AssertionError("the route " + route + " failed", e);
        } finally {
            consumer.doneUoW(exchange);
        }
    }

    /** Calls Usher's API. @param path with its query */
    public Answer api(String method, String path, String body) {
        return call(console().resolve(path), method, body, Map.of("Content-Type", "application/json"));
    }

    /** Where Dataverse, or anybody else, calls the webhook. */
    public URI hook() {
        return URI.create(
                "http://127.0.0.1:" + settings().getProperty("local.server.port") + "/hooks/dataverse/contacts");
    }

    /** Where the console is. */
    public URI console() {
        return URI.create("http://127.0.0.1:" + settings().getProperty("local.server.port"));
    }

    /** The main context, and the one below it of the management port. */
    public List<ApplicationContext> contexts() {
        return Stream.concat(Stream.of(usher), children.stream()).toList();
    }

    /** Where the management port is. */
    public URI management() {
        return URI.create("http://127.0.0.1:" + settings().getProperty("local.management.port"));
    }

    /** The key by which commands call, as Usher wrote it at this start. */
    public String key() {
        try {
            return Files.readString(Path.of(settings().getRequiredProperty("usher.data"), "command.key"))
                    .strip();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Registers the webhook in the sandbox's Dataverse, as an operator would. */
    public Answer registerWebhook() {
        return call(
                URI.create("http://127.0.0.1:" + settings().getProperty("local.management.port") + "/actuator/webhook"),
                "POST",
                "{\"url\": \"" + hook() + "\"}",
                Map.of("Content-Type", "application/json"));
    }

    /** Lets the reconciliation go one page further, as the timer would. */
    public void reconcileOnePage() {
        fire("reconcile-users");
    }

    /** Begins a reconciliation by the endpoint, and lets it go on until everything is compared. */
    public void reconcile(JsonNode order) {
        var answer = orderReconciliation("POST", order.toString());
        if (answer.status() != 202) {
            throw new AssertionError("the reconciliation was answered " + answer.status() + ": " + answer.body());
        }
        do {
            reconcileOnePage();
        } while (List.of("listing", "orphans")
                .contains(reconciliation().path("state").asText()));
    }

    public Answer orderReconciliation(String method, String body) {
        var port = usher.getEnvironment().getProperty("local.management.port");
        return call(
                URI.create("http://127.0.0.1:" + port + RECONCILIATION),
                method,
                body,
                Map.of("Content-Type", "application/json"));
    }

    /** The report of the newest reconciliation; missing when there was none. */
    public JsonNode reconciliation() {
        return orderReconciliation("GET", "").body().path("runs").path(0);
    }

    private long polls() {
        return sandbox.entra().calls().stream()
                .filter(call -> call.target().contains("/auditLogs/directoryAudits"))
                .map(call -> call.toJson().path("status").asInt())
                .filter(status -> status == 200)
                .count();
    }

    /**
     * Waits until nothing is left to do: the queues are empty, and a poll after that finds nothing new. The queue of a
     * destination that is held may be full.
     */
    public void quiet() {
        await("quiet; busy are " + queues.busy(held))
                .atMost(LONGEST)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(15))
                .until(() -> {
                    if (!idle()) {
                        return false;
                    }
                    long added = queues.added();
                    return poll() && idle() && queues.added() == added;
                });
    }

    /** Nothing waits and nothing is worked on, seen twice: what one transaction takes and gives is not seen in one moment. */
    private boolean idle() {
        var added = queues.added();
        for (int i = 0; i < 3; i++) {
            if (!queues.busy(held).isEmpty() || camel().getInflightRepository().size() > 0) {
                return false;
            }
            LockSupport.parkNanos(Duration.ofMillis(8).toNanos());
        }
        return queues.added() == added;
    }

    /** Stops a destination's consumers, as a pause does, until {@link #release}. */
    public void hold(String destination) {
        route(() -> camel().getRouteController().suspendRoute("deliver-" + destination));
        held.add("deliver." + destination);
    }

    public void release(String destination) {
        route(() -> camel().getRouteController().resumeRoute("deliver-" + destination));
        held.remove("deliver." + destination);
    }

    private interface Order {
        void run() throws Exception;
    }

    private static void route(Order order) {
        try {
            order.run();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Back to the beginning: nobody has signed up, nothing is known, nothing is queued, nothing is paused. */
    public void reset() {
        sandbox.reset();
        sandbox.entra().unlimit();
        Set.copyOf(held).forEach(queue -> release(queue.substring("deliver.".length())));
        await("empty queues")
                .atMost(LONGEST)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(15))
                .until(() -> {
                    queues.purge();
                    Calm.restore(usher);
                    EndOfOutage.restore(usher);
                    return idle();
                });
        queues.purge();
        TABLES.forEach(table -> jdbc.update("delete from " + table));
        jdbc.update("delete from mass_change where number > 0");
        sandbox.reset();
        sandbox.entra().unlimit();
        await("a poll that is answered")
                .atMost(LONGEST)
                .pollDelay(Duration.ZERO)
                .until(this::poll);
        sandbox.names().forEach(name -> sandbox.system(name).forgetCalls());
    }

    @Override
    public void close() {
        usher.close();
        sandbox.close();
    }
}
