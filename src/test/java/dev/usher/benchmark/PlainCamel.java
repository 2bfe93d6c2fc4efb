package dev.usher.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Executors;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.apache.camel.model.dataformat.JsonLibrary;
import org.apache.camel.processor.idempotent.jdbc.JdbcMessageIdRepository;
import org.h2.jdbcx.JdbcConnectionPool;

/**
 * What a good team writes in a day: a poll that looks back, an idempotent consumer on a file database, a multicast to
 * the four systems, three repeats in memory. What fails after those is only in the log, and what was under way when the
 * program dies is lost.
 */
final class PlainCamel extends RouteBuilder {

    private static final Duration LOOK_BACK = Duration.ofMinutes(2);

    private volatile String token = "";
    private volatile Instant newest = Instant.now().minus(Duration.ofMinutes(10));

    public static void main(String[] arguments) throws Exception {
        var main = new Main();
        main.bind(
                "seen",
                new JdbcMessageIdRepository(JdbcConnectionPool.create("jdbc:h2:file:./seen", "sa", ""), "sign-ups"));
        main.bind("customers", JdbcConnectionPool.create(Vendors.jdbc(), "sa", "sandbox"));
        main.bind("workers", Executors.newFixedThreadPool(24));
        main.bind("fan-out", Executors.newFixedThreadPool(40));
        main.configure().addRoutesBuilder(new PlainCamel());
        main.configure().withJmxEnabled(false);
        main.start();
        System.out.println("Started");
        Thread.currentThread().join();
    }

    @Override
    public void configure() {
        onException(Exception.class)
                .maximumRedeliveries(3)
                .redeliveryDelay(1_000)
                .useExponentialBackOff()
                .handled(true)
                .log("given up: ${exception.class}");

        from("quartz:poll?cron=0/5+*+*+*+*+?&stateful=true")
                .routeId("poll")
                .process(this::authorize)
                .setProperty("link", () -> Vendors.graph(Vendors.audits(newest.minus(LOOK_BACK))))
                .loopDoWhile(simple("${exchangeProperty.link} != ''"))
                .removeHeaders("*")
                .setHeader("Authorization", () -> token)
                .setHeader(Exchange.HTTP_METHOD, constant("GET"))
                .setHeader(Exchange.HTTP_URI, exchangeProperty("link"))
                .setBody(constant(""))
                .to(http("entra"))
                .unmarshal()
                .json(JsonLibrary.Jackson, JsonNode.class)
                .process(this::advance)
                .split(simple("${body.get('value')}"))
                .parallelProcessing()
                .executorService("workers")
                .to("direct:sign-up")
                .end()
                .end();

        from("direct:sign-up")
                .routeId("sign-up")
                .process(exchange -> {
                    var record = exchange.getMessage().getBody(JsonNode.class);
                    exchange.setProperty(
                            "id",
                            record.path("targetResources").path(0).path("id").asText());
                })
                .idempotentConsumer(exchangeProperty("id"))
                .idempotentRepository("seen")
                .removeHeaders("*")
                .setHeader("Authorization", () -> token)
                .setHeader(Exchange.HTTP_METHOD, constant("GET"))
                .process(exchange -> exchange.getMessage()
                        .setHeader(
                                Exchange.HTTP_URI,
                                Vendors.graph(Vendors.user(exchange.getProperty("id", String.class)))))
                .setBody(constant(""))
                .to(http("entra"))
                .unmarshal()
                .json(JsonLibrary.Jackson, JsonNode.class)
                .setProperty("user", body())
                .multicast()
                .parallelProcessing()
                .executorService("fan-out")
                .to("direct:stripe", "direct:mailchimp", "direct:sql")
                .end();

        from("direct:stripe")
                .routeId("stripe")
                .removeHeaders("*")
                .setHeader(Exchange.HTTP_METHOD, constant("POST"))
                .setHeader("Authorization", constant("Bearer rk_test_sandbox"))
                .setHeader("Stripe-Version", constant(Vendors.STRIPE_VERSION))
                .setHeader("Idempotency-Key", exchangeProperty("id"))
                .setHeader(Exchange.CONTENT_TYPE, constant("application/x-www-form-urlencoded"))
                .process(exchange -> exchange.getMessage().setBody(Vendors.customer(user(exchange))))
                .to(Vendors.customers())
                .unmarshal()
                .json(JsonLibrary.Jackson, JsonNode.class)
                .to("direct:entra");

        from("direct:entra")
                .routeId("entra")
                .removeHeaders("*")
                .setHeader("Authorization", () -> token)
                .setHeader(Exchange.HTTP_METHOD, constant("PATCH"))
                .setHeader(Exchange.CONTENT_TYPE, constant("application/json"))
                .process(exchange -> {
                    var message = exchange.getMessage();
                    var customer = message.getBody(JsonNode.class).path("id").asText();
                    message.setHeader(Exchange.HTTP_URI, Vendors.graph("/users/" + exchange.getProperty("id")));
                    message.setBody(Vendors.patch(user(exchange), customer));
                })
                .to(http("entra"));

        from("direct:mailchimp")
                .routeId("mailchimp")
                .removeHeaders("*")
                .setHeader(Exchange.HTTP_METHOD, constant("POST"))
                .setHeader("Authorization", constant(Vendors.MAILCHIMP_LOGIN))
                .setHeader(Exchange.CONTENT_TYPE, constant("application/json"))
                .process(exchange -> exchange.getMessage().setBody(Vendors.member(user(exchange))))
                .to(Vendors.members());

        from("direct:sql")
                .routeId("sql")
                .removeHeaders("*")
                .process(exchange -> exchange.getMessage().setBody(row(user(exchange))))
                .to("sql:file:routes/destinations/sql/upsert-customer.h2.sql?dataSource=#customers&noop=true");
    }

    private static String http(String system) {
        return Vendors.base(system) + "?connectionsPerRoute=32&maxTotalConnections=128";
    }

    private static JsonNode user(Exchange exchange) {
        return exchange.getProperty("user", JsonNode.class);
    }

    private static Map<String, Object> row(JsonNode user) {
        var row = new java.util.HashMap<String, Object>();
        row.put("object_id", user.path("id").asText());
        row.put("email", Vendors.email(user));
        row.put("given_name", user.path("givenName").asText());
        row.put("family_name", user.path("surname").asText());
        row.put("display_name", Vendors.name(user));
        row.put("customer_type", null);
        row.put("marketing_consent", true);
        row.put("state", "active");
        row.put("version", 1L);
        return row;
    }

    private void authorize(Exchange exchange) throws Exception {
        if (token.isEmpty()) {
            var answer = exchange.getContext()
                    .createProducerTemplate()
                    .requestBodyAndHeader(
                            Vendors.token(),
                            Vendors.tokenRequest(),
                            Exchange.CONTENT_TYPE,
                            "application/x-www-form-urlencoded",
                            String.class);
            token = "Bearer "
                    + Vendors.JSON.readTree(answer).path("access_token").asText();
        }
    }

    private void advance(Exchange exchange) {
        var page = exchange.getMessage().getBody(JsonNode.class);
        for (var record : page.path("value")) {
            var at = Instant.parse(record.path("activityDateTime").asText());
            newest = at.isAfter(newest) ? at : newest;
        }
        exchange.setProperty("link", page.path("@odata.nextLink").asText());
    }
}
