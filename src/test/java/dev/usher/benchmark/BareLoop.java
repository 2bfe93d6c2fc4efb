package dev.usher.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.jspecify.annotations.Nullable;

/**
 * The limit of what Java can do here: the calls that Usher makes, with as many threads for each system, and nothing
 * else. It remembers in memory only whom it has seen, repeats nothing, and loses everything when it stops.
 */
final class BareLoop {

    private static final int BATCH = 20;
    private static final Duration LOOK_BACK = Duration.ofMinutes(2);

    private final CloseableHttpClient http = HttpClients.custom()
            .disableAutomaticRetries()
            .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                    .setMaxConnTotal(128)
                    .setMaxConnPerRoute(32)
                    .build())
            .build();
    private final ExecutorService reads = Executors.newFixedThreadPool(4);
    private final ExecutorService stripe = Executors.newFixedThreadPool(16);
    private final ExecutorService mailchimp = Executors.newFixedThreadPool(8);
    private final ExecutorService sql = Executors.newFixedThreadPool(8);
    private final ExecutorService entra = Executors.newFixedThreadPool(8);
    private final ThreadLocal<PreparedStatement> upserts = ThreadLocal.withInitial(BareLoop::connect);
    private final Set<String> seen = new HashSet<>();
    private final String token;
    private Instant newest = Instant.now().minus(Duration.ofMinutes(10));

    private BareLoop() throws IOException {
        var form = ContentType.APPLICATION_FORM_URLENCODED;
        token = "Bearer "
                + call("POST", Vendors.token(), null, Vendors.tokenRequest(), form)
                        .path("access_token")
                        .asText();
    }

    public static void main(String[] arguments) throws Exception {
        var loop = new BareLoop();
        System.out.println("Started");
        while (true) {
            Thread.sleep(5_000 - System.currentTimeMillis() % 5_000);
            loop.poll();
        }
    }

    private void poll() throws IOException {
        var link = Vendors.graph(Vendors.audits(newest.minus(LOOK_BACK)));
        while (!link.isEmpty()) {
            var page = call("GET", link, token, null, null);
            var ids = new ArrayList<String>();
            for (var record : page.path("value")) {
                var at = Instant.parse(record.path("activityDateTime").asText());
                newest = at.isAfter(newest) ? at : newest;
                var id = record.path("targetResources").path(0).path("id").asText();
                if (seen.add(id)) {
                    ids.add(id);
                }
            }
            for (int i = 0; i < ids.size(); i += BATCH) {
                var some = List.copyOf(ids.subList(i, Math.min(ids.size(), i + BATCH)));
                reads.execute(() -> read(some));
            }
            link = page.path("@odata.nextLink").asText();
        }
    }

    private void read(List<String> ids) {
        var users = post(Vendors.graph("/$batch"), token, Vendors.batch(ids).toString(), ContentType.APPLICATION_JSON);
        for (var response : users.path("responses")) {
            var user = response.path("body");
            stripe.execute(() -> stripe(user));
            mailchimp.execute(() -> post(
                    Vendors.members(), Vendors.MAILCHIMP_LOGIN, Vendors.member(user), ContentType.APPLICATION_JSON));
            sql.execute(() -> sql(user));
        }
    }

    private void stripe(JsonNode user) {
        var customer = post(
                Vendors.customers(),
                "Bearer rk_test_sandbox",
                Vendors.customer(user),
                ContentType.APPLICATION_FORM_URLENCODED);
        entra.execute(() -> patch(user, customer.path("id").asText()));
    }

    private void patch(JsonNode user, String customer) {
        try {
            var url = Vendors.graph("/users/" + user.path("id").asText());
            call("PATCH", url, token, Vendors.patch(user, customer), ContentType.APPLICATION_JSON);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void sql(JsonNode user) {
        var upsert = upserts.get();
        try {
            upsert.setString(1, user.path("id").asText());
            upsert.setString(2, Vendors.email(user));
            upsert.setString(3, user.path("givenName").asText());
            upsert.setString(4, user.path("surname").asText());
            upsert.setString(5, Vendors.name(user));
            upsert.setString(6, null);
            upsert.setBoolean(7, true);
            upsert.setString(8, "active");
            upsert.setLong(9, 1);
            upsert.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static PreparedStatement connect() {
        try {
            return DriverManager.getConnection(Vendors.jdbc(), "sa", "sandbox")
                    .prepareStatement(Vendors.upsert().replaceAll(":#\\w+", "?"));
        } catch (SQLException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private JsonNode post(String url, String authorization, String body, ContentType type) {
        try {
            return call("POST", url, authorization, body, type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonNode call(
            String method,
            String url,
            @Nullable String authorization,
            @Nullable String body,
            @Nullable ContentType type)
            throws IOException {
        var request = new HttpUriRequestBase(method, java.net.URI.create(url.replace(" ", "%20")));
        if (authorization != null) {
            request.setHeader("Authorization", authorization);
        }
        if (url.contains("/v1/customers")) {
            request.setHeader("Stripe-Version", Vendors.STRIPE_VERSION);
        }
        if (body != null) {
            request.setEntity(new StringEntity(body, type));
        }
        return http.execute(request, answer -> {
            var text = answer.getEntity() == null ? "" : EntityUtils.toString(answer.getEntity());
            if (answer.getCode() >= 300) {
                throw new IOException(method + " was answered " + answer.getCode() + ": " + text);
            }
            return text.isEmpty() ? MissingNode.getInstance() : Vendors.JSON.readTree(text);
        });
    }
}
