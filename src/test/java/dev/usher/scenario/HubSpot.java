package dev.usher.scenario;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** As much of HubSpot as docs/add-a-destination.md uses: contacts of the CRM API v3. */
final class HubSpot implements AutoCloseable {

    private static final String CONTACTS = "/crm/v3/objects/contacts";

    private final ObjectMapper json = new ObjectMapper();
    private final HttpServer server;
    private final String token;
    private final Map<String, ObjectNode> byId = new LinkedHashMap<>();
    private final List<String> calls = new ArrayList<>();
    private int ids;

    private HubSpot(HttpServer server, String token) {
        this.server = server;
        this.token = token;
    }

    static HubSpot start(String token) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var hubspot = new HubSpot(server, token);
        server.createContext(CONTACTS, hubspot::answer);
        server.start();
        return hubspot;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Somebody is a contact from the beginning. */
    synchronized void holds(String email) {
        keep(JsonNodeFactory.instance.objectNode().put("email", email));
    }

    synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    synchronized List<ObjectNode> contacts() {
        return List.copyOf(byId.values());
    }

    synchronized boolean isContact(String email, String firstName) {
        return byId.values().stream()
                .anyMatch(contact -> contact.path("email").asText().equals(email)
                        && contact.path("firstname").asText().equals(firstName));
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = json.readTree(exchange.getRequestBody());
            if (!("Bearer " + token).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                send(exchange, 401, error("Authentication credentials not found."));
            } else if (exchange.getRequestMethod().equals("POST")) {
                create(exchange, (ObjectNode) body.path("properties"));
            } else if (exchange.getRequestMethod().equals("DELETE")) {
                delete(exchange);
            } else {
                change(exchange, (ObjectNode) body.path("properties"));
            }
        }
    }

    private void create(HttpExchange exchange, ObjectNode properties) throws IOException {
        var email = properties.path("email").asText();
        var existing = idOf(email);
        if (existing == null) {
            calls.add("POST " + email + " 201");
            send(exchange, 201, JsonNodeFactory.instance.objectNode().put("id", keep(properties)));
        } else {
            calls.add("POST " + email + " 409");
            send(exchange, 409, error("Contact already exists. Existing ID: " + existing));
        }
    }

    private void change(HttpExchange exchange, ObjectNode properties) throws IOException {
        var name = exchange.getRequestURI().getPath().substring(CONTACTS.length() + 1);
        var id = "idProperty=email".equals(exchange.getRequestURI().getQuery()) ? idOf(name) : name;
        var contact = byId.get(id);
        if (contact == null) {
            send(exchange, 404, error("resource not found"));
            return;
        }
        contact.setAll(properties);
        calls.add("PATCH " + contact.path("email").asText() + " 200");
        send(exchange, 200, JsonNodeFactory.instance.objectNode().put("id", id));
    }

    private void delete(HttpExchange exchange) throws IOException {
        var contact = byId.remove(exchange.getRequestURI().getPath().substring(CONTACTS.length() + 1));
        calls.add(
                "DELETE " + (contact == null ? "nobody" : contact.path("email").asText()) + " 204");
        exchange.sendResponseHeaders(204, -1);
    }

    private String keep(ObjectNode properties) {
        var id = String.valueOf(51 + ids++);
        byId.put(id, properties.deepCopy());
        return id;
    }

    private String idOf(String email) {
        return byId.entrySet().stream()
                .filter(contact -> contact.getValue().path("email").asText().equals(email))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }

    private static ObjectNode error(String message) {
        return JsonNodeFactory.instance.objectNode().put("status", "error").put("message", message);
    }

    private static void send(HttpExchange exchange, int status, ObjectNode body) throws IOException {
        var bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
