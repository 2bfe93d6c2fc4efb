package dev.usher.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.sandbox.dataverse.Contacts;
import dev.usher.sandbox.dataverse.DataverseSystem;
import dev.usher.sandbox.entra.EntraSystem;
import dev.usher.sandbox.entra.SignUp;
import dev.usher.sandbox.entra.Tenant;
import dev.usher.sandbox.server.Answer;
import dev.usher.sandbox.server.Form;
import dev.usher.sandbox.server.Json;
import dev.usher.sandbox.server.LoggedCall;
import dev.usher.sandbox.server.SimulatedSystem;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** The control API: JSON over HTTP, for the console's demo, tests and measurements. Errors are {@code {"error": "…"}}. */
final class ControlApi implements HttpHandler {
    private final Map<String, SimulatedSystem> systems = new LinkedHashMap<>();

    ControlApi(List<SimulatedSystem> systems) {
        systems.forEach(system -> this.systems.put(system.name(), system));
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws IOException {
        Answer answer = answer(exchange);
        exchange.setStatusCode(answer.status());
        answer.headers()
                .forEach((name, value) -> exchange.getResponseHeaders().put(HttpString.tryFromString(name), value));
        if (answer.body().length > 0) {
            exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, answer.contentType());
            exchange.getResponseSender().send(ByteBuffer.wrap(answer.body()));
        }
    }

    private Answer answer(HttpServerExchange exchange) throws IOException {
        String method = exchange.getRequestMethod().toString();
        byte[] body = exchange.getInputStream().readAllBytes();
        try {
            String[] path = exchange.getRequestPath().substring(1).split("/", 3);
            return switch (path[0]) {
                case "sign-ups" -> path.length == 1 && method.equals("POST") ? signUps(json(body)) : notAllowed(method);
                case "users" -> path.length == 1 ? notFound() : user(method, path, body);
                case "contacts" -> contacts(method, path, exchange, body);
                case "systems" -> system(method, path, exchange, body);
                case "reset" -> method.equals("POST") ? reset() : notAllowed(method);
                default -> notFound();
            };
        } catch (IllegalArgumentException e) {
            return error(400, String.valueOf(e.getMessage()));
        }
    }

    private Answer reset() {
        systems.values().forEach(SimulatedSystem::reset);
        return Answer.empty(204);
    }

    private Tenant tenant() {
        return ((EntraSystem) systems.get("entra")).tenant();
    }

    private Answer signUps(JsonNode body) {
        if (!body.isArray()) {
            SignUp one = SignUp.of(body);
            return tenant().knows(one.email())
                    ? taken(one.email())
                    : Answer.json(201, Json.object().put("userId", tenant().signUp(one)));
        }
        List<SignUp> all = new ArrayList<>();
        Set<String> emails = new HashSet<>();
        for (int i = 0; i < body.size(); i++) {
            try {
                all.add(SignUp.of(body.get(i)));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("sign-up " + i + ": " + e.getMessage(), e);
            }
            String email = all.get(i).email();
            if (tenant().knows(email) || !emails.add(email.toLowerCase(Locale.ROOT))) {
                return taken(email);
            }
        }
        ArrayNode made = Json.array();
        all.forEach(one -> made.addObject().put("userId", tenant().signUp(one)));
        return Answer.json(201, made);
    }

    private static Answer taken(String email) {
        return error(409, "somebody has signed up as " + email + " already; nobody was signed up by this call");
    }

    private Answer user(String method, String[] path, byte[] body) {
        String id = path[1];
        if (path.length == 3) {
            boolean restores = path[2].equals("restore") && method.equals("POST");
            return restores && tenant().restore(id) ? Answer.empty(204) : notFound();
        }
        return switch (method) {
            case "PATCH" -> tenant().change(id, json(body));
            case "DELETE" ->
                tenant().delete(id, body.length == 0 ? Json.object() : json(body)) ? Answer.empty(204) : notFound();
            default -> notAllowed(method);
        };
    }

    private Answer contacts(String method, String[] path, HttpServerExchange exchange, byte[] body) {
        Contacts contacts = ((DataverseSystem) systems.get("dataverse")).contacts();
        boolean webhook = !"false".equals(Form.decode(exchange.getQueryString()).get("webhook"));
        return switch (method + " " + path.length) {
            case "GET 1" -> contacts.list();
            case "POST 1" -> contacts.create(json(body), webhook);
            case "GET 2" -> contacts.read(path[1]);
            case "PATCH 2" -> contacts.change(path[1], json(body), webhook);
            case "DELETE 2" -> contacts.delete(path[1], webhook);
            default -> path.length > 2 ? notFound() : notAllowed(method);
        };
    }

    private Answer system(String method, String[] path, HttpServerExchange exchange, byte[] body) {
        if (path.length == 1) {
            ArrayNode names = Json.array();
            systems.keySet().forEach(names::add);
            return Answer.json(200, names);
        }
        SimulatedSystem system = systems.get(path[1]);
        if (system == null) {
            return error(404, "no system \"" + path[1] + "\"; there are " + systems.keySet());
        }
        String operation = path.length == 2 ? "" : path[2];
        return switch (method + " " + operation) {
            case "GET records" -> Answer.json(200, Json.array().addAll(system.records()));
            case "GET calls" -> calls(system, Form.decode(exchange.getQueryString()));
            case "DELETE calls" -> done(system::forgetCalls);
            case "GET faults" ->
                Answer.json(200, Json.object().put("faults", system.faults().count()));
            case "PUT faults" -> done(() -> system.faults().replace(Orders.faults(json(body))));
            case "DELETE faults" -> done(system.faults()::heal);
            case "PUT limits" -> done(() -> system.limit(Orders.limit(json(body))));
            case "DELETE limits" -> done(system::unlimit);
            default ->
                system.control(method, operation, body.length == 0 ? Json.object() : json(body))
                        .orElseGet(ControlApi::notFound);
        };
    }

    private static Answer done(Runnable order) {
        order.run();
        return Answer.empty(204);
    }

    private static Answer calls(SimulatedSystem system, Map<String, String> query) {
        Stream<? extends LoggedCall> calls = system.calls().stream();
        String method = query.get("method");
        if (method != null) {
            calls = calls.filter(call -> call.method().equalsIgnoreCase(method));
        }
        if (query.containsKey("path")) {
            Pattern path = pattern(query.get("path"));
            calls = calls.filter(call -> path.matcher(call.target()).find());
        }
        if ("true".equals(query.get("count"))) {
            return Answer.json(200, Json.object().put("count", calls.count()));
        }
        List<ObjectNode> shown = calls.map(LoggedCall::toJson).toList();
        return Answer.json(200, Json.array().addAll(shown));
    }

    private static Pattern pattern(String regex) {
        try {
            return Pattern.compile(regex);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("\"path\" is no regular expression: " + e.getMessage(), e);
        }
    }

    private static JsonNode json(byte[] body) {
        return Json.read(body).orElseThrow(() -> new IllegalArgumentException("the body must be JSON"));
    }

    private static Answer notFound() {
        return error(404, "there is no such thing here");
    }

    private static Answer notAllowed(String method) {
        return error(405, method + " is not possible here");
    }

    private static Answer error(int status, String message) {
        return Answer.json(status, Json.object().put("error", message));
    }
}
