package dev.usher.sandbox.stripe;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.sandbox.server.Answer;
import dev.usher.sandbox.server.Json;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The customers of the account. Stripe never merges two: each create makes one more. */
final class Customers {
    static final Duration SEARCH_LAG = Duration.ofSeconds(60);
    private static final Set<String> LIST_PARAMETERS =
            Set.of("email", "limit", "starting_after", "ending_before", "expand", "created", "test_clock");
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int LARGEST_PAGE = 100;

    private final Clock clock;
    private final Map<String, Customer> byId = new ConcurrentHashMap<>();
    private final NavigableMap<Long, String> newestFirst = new ConcurrentSkipListMap<Long, String>().descendingMap();
    private final AtomicLong sequence = new AtomicLong();
    private volatile Duration searchLag = SEARCH_LAG;

    Customers(Clock clock) {
        this.clock = clock;
    }

    void searchLag(Duration lag) {
        searchLag = lag;
    }

    void clear() {
        newestFirst.clear();
        byId.clear();
        searchLag = SEARCH_LAG;
    }

    Answer create(CustomerParameters parameters) {
        Instant now = clock.instant();
        ObjectNode made = parameters.applyTo(blank(now));
        Answer refusal = CustomerParameters.tooMuchMetadata(made);
        if (refusal != null) {
            return refusal;
        }
        Customer customer = Customer.made(sequence.incrementAndGet(), now, made);
        byId.put(customer.id(), customer);
        newestFirst.put(customer.sequence(), customer.id());
        return Answer.json(200, made);
    }

    Answer update(String id, CustomerParameters parameters) {
        Answer[] answer = {StripeErrors.missing(id)};
        byId.computeIfPresent(id, (same, customer) -> {
            if (customer.deleted()) {
                return customer;
            }
            ObjectNode changed = parameters.applyTo(customer.content());
            Answer refusal = CustomerParameters.tooMuchMetadata(changed);
            answer[0] = refusal == null ? Answer.json(200, changed) : refusal;
            return refusal == null ? customer.changed(clock.instant(), changed) : customer;
        });
        return answer[0];
    }

    Answer delete(String id) {
        Answer[] answer = {StripeErrors.missing(id)};
        byId.computeIfPresent(id, (same, customer) -> {
            if (!customer.deleted()) {
                answer[0] = Answer.json(200, deleted(id));
                newestFirst.remove(customer.sequence());
            }
            return customer.gone();
        });
        return answer[0];
    }

    Answer get(String id) {
        Customer customer = byId.get(id);
        if (customer == null) {
            return StripeErrors.missing(id);
        }
        return Answer.json(200, customer.deleted() ? deleted(id) : customer.content());
    }

    Answer list(Map<String, String> query) {
        for (String parameter : query.keySet()) {
            if (!LIST_PARAMETERS.contains(parameter.replaceAll("\\[.*", ""))) {
                return StripeErrors.invalidRequest(
                        400, "parameter_unknown", parameter, "Received unknown parameter: " + parameter);
            }
        }
        Optional<Integer> limit = limit(query);
        String after = query.get("starting_after");
        if (limit.isEmpty()) {
            return badLimit();
        }
        Customer from = after == null ? null : byId.get(after);
        if (after != null && from == null) {
            return StripeErrors.missing(after);
        }
        String email = query.get("email");
        return page(
                from == null ? newestFirst : newestFirst.tailMap(from.sequence(), false),
                customer -> email == null
                        || email.equals(customer.content().path("email").textValue()),
                limit.get());
    }

    private Answer page(Map<Long, String> candidates, Predicate<Customer> wanted, int limit) {
        ObjectNode body =
                Json.object().put("object", "list").put("url", "/v1/customers").put("has_more", false);
        ArrayNode data = body.putArray("data");
        for (String id : candidates.values()) {
            Customer customer = byId.get(id);
            if (customer == null || customer.deleted() || !wanted.test(customer)) {
                continue;
            }
            if (data.size() == limit) {
                body.put("has_more", true);
                break;
            }
            data.add(customer.content());
        }
        return Answer.json(200, body);
    }

    Answer search(Map<String, String> query) {
        Optional<Integer> limit = limit(query);
        String text = query.get("query");
        if (limit.isEmpty()) {
            return badLimit();
        }
        if (text == null) {
            return StripeErrors.invalidRequest(400, "parameter_missing", "query", "Missing required param: query.");
        }
        Predicate<ObjectNode> wanted;
        try {
            wanted = SearchQuery.parse(text);
        } catch (IllegalArgumentException e) {
            return StripeErrors.invalidRequest(400, null, "query", String.valueOf(e.getMessage()));
        }
        return found(wanted, limit.get(), query.get("page"));
    }

    private Answer found(Predicate<ObjectNode> wanted, int limit, @Nullable String page) {
        Instant indexedUntil = clock.instant().minus(searchLag);
        int skip = page == null ? 0 : Integer.parseInt(page.replaceAll("\\D", "0"));
        List<ObjectNode> hits = newestFirst.values().stream()
                .map(byId::get)
                .filter(customer -> customer != null && !customer.deleted())
                .flatMap(customer -> customer.indexed(indexedUntil).filter(wanted).stream())
                .skip(skip)
                .limit(limit + 1L)
                .toList();
        ObjectNode body = Json.object().put("object", "search_result").put("url", "/v1/customers/search");
        body.put("has_more", hits.size() > limit);
        body.put("next_page", hits.size() > limit ? String.valueOf(skip + limit) : null);
        body.putArray("data").addAll(hits.subList(0, Math.min(limit, hits.size())));
        return Answer.json(200, body);
    }

    List<ObjectNode> all() {
        List<ObjectNode> oldestFirst = new ArrayList<>();
        newestFirst
                .descendingMap()
                .values()
                .forEach(id -> oldestFirst.add(byId.get(id).content()));
        return oldestFirst;
    }

    private static Optional<Integer> limit(Map<String, String> query) {
        try {
            int limit = Integer.parseInt(query.getOrDefault("limit", "10"));
            return limit < 1 || limit > LARGEST_PAGE ? Optional.empty() : Optional.of(limit);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Answer badLimit() {
        return StripeErrors.invalidRequest(
                400, "parameter_invalid_integer", "limit", "Invalid limit: must be between 1 and " + LARGEST_PAGE);
    }

    private static ObjectNode deleted(String id) {
        return Json.object().put("id", id).put("object", "customer").put("deleted", true);
    }

    private static ObjectNode blank(Instant now) {
        ObjectNode customer = Json.object().put("id", "cus_" + random(14)).put("object", "customer");
        customer.putNull("address").put("balance", 0).put("created", now.getEpochSecond());
        customer.putNull("currency").putNull("default_source").put("delinquent", false);
        customer.putNull("description").putNull("discount").putNull("email");
        customer.put("invoice_prefix", random(8).toUpperCase(Locale.ROOT));
        customer.putObject("invoice_settings")
                .putNull("custom_fields")
                .putNull("default_payment_method")
                .putNull("footer")
                .putNull("rendering_options");
        customer.put("livemode", false).putObject("metadata");
        customer.putNull("name")
                .put("next_invoice_sequence", 1)
                .putNull("phone")
                .putArray("preferred_locales");
        return customer.putNull("shipping").put("tax_exempt", "none").putNull("test_clock");
    }

    private static String random(int length) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }
}
