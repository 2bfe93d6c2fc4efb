package dev.usher.alert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/** Takes what is posted to webhooks, on a port of its own; each path is one webhook. */
public final class AlertReceiver implements AutoCloseable {

    private record Post(String path, String query, JsonNode body) {}

    private final HttpServer server;
    private final List<Post> posts = new CopyOnWriteArrayList<>();
    private volatile int status = 200;
    private volatile String refused = "";

    public AlertReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::take);
        server.setExecutor(Executors.newCachedThreadPool(work -> {
            var thread = new Thread(work, "alert-receiver");
            thread.setDaemon(true);
            return thread;
        }));
        server.start();
    }

    private void take(HttpExchange call) throws IOException {
        try (call) {
            var path = call.getRequestURI().getPath();
            var body = new ObjectMapper().readTree(call.getRequestBody());
            int answer = path.equals(refused) ? status : 200;
            if (answer < 300) {
                posts.add(new Post(path, String.valueOf(call.getRequestURI().getRawQuery()), body));
            }
            call.sendResponseHeaders(answer, -1);
        }
    }

    public String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    /** Answers what is posted to this path by a status, and takes it not. */
    public void refuse(String path, int withStatus) {
        status = withStatus;
        refused = path;
    }

    public void takeAll() {
        refused = "";
    }

    /** What was taken at this path, in its order. */
    public List<JsonNode> at(String path) {
        return posts.stream()
                .filter(post -> post.path().equals(path))
                .map(Post::body)
                .toList();
    }

    /** The query strings of what was taken at this path, as they were sent. */
    public Set<String> queries(String path) {
        return posts.stream()
                .filter(post -> post.path().equals(path))
                .map(Post::query)
                .collect(Collectors.toSet());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
