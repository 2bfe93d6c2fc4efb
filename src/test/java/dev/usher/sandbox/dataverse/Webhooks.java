package dev.usher.sandbox.dataverse;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.sandbox.server.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells service endpoints what happened: later and on other threads, within 60 s, a second time only after 502, 503 or 504. What failed
 * stays as an asyncoperation with statuscode 31. Any port is called; Dataverse itself calls 80 and 443 only.
 */
final class Webhooks {
    private static final Set<Integer> TRIED_AGAIN = Set.of(502, 503, 504);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int WEBHOOK = 8;
    private static final int SENDERS = 8;
    private static final int SUCCEEDED = 30;
    private static final int FAILED = 31;
    private static final Pattern SETTING = Pattern.compile("<setting\\s+name=\"([^\"]+)\"\\s+value=\"([^\"]*)\"\\s*/>");

    private final Clock clock;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ThreadPoolExecutor senders = (ThreadPoolExecutor) Executors.newFixedThreadPool(SENDERS, task -> {
        Thread thread = new Thread(task, "sandbox-dataverse-webhooks");
        thread.setDaemon(true);
        return thread;
    });

    Webhooks(Clock clock) {
        this.clock = clock;
    }

    /** Drops what has not been sent. */
    void clear() {
        senders.getQueue().clear();
    }

    /** Queues a post to every endpoint with a step for this message, table and, for an update, one of the columns. */
    void tell(Organization organization, Happening happening) {
        if (happening.writer().silent()) {
            return;
        }
        for (Row step : List.copyOf(organization.rows(Tables.STEP).all())) {
            Row endpoint = organization
                    .rows(Tables.SERVICE_ENDPOINT)
                    .get(Objects.toString(step.text("_eventhandler_serviceendpoint_value"), ""));
            if (endpoint != null && wants(organization, step, happening) && endpoint.number("contract", 0) == WEBHOOK) {
                RemoteExecution execution = new RemoteExecution(happening, step);
                senders.execute(() -> send(organization, step, endpoint, happening, execution));
            }
        }
    }

    private static boolean wants(Organization organization, Row step, Happening happening) {
        Row message = organization.rows(Tables.MESSAGE).get(Objects.toString(step.text("_sdkmessageid_value"), ""));
        if (!step.active() || message == null || !happening.message().equals(message.text("name"))) {
            return false;
        }
        Row filter = organization
                .rows(Tables.MESSAGE_FILTER)
                .get(Objects.toString(step.text("_sdkmessagefilterid_value"), ""));
        if (filter != null && !happening.row().table().name().equals(filter.text("primaryobjecttypecode"))) {
            return false;
        }
        String attributes = step.text("filteringattributes");
        List<String> written = happening.members();
        return attributes == null
                || attributes.isBlank()
                || written == null
                || Arrays.stream(attributes.split(",")).map(String::strip).anyMatch(written::contains);
    }

    private void send(
            Organization organization, Row step, Row endpoint, Happening happening, RemoteExecution execution) {
        String failure = "";
        int tries = 0;
        int status;
        do {
            tries++;
            try {
                status = http.send(request(endpoint, happening, execution), HttpResponse.BodyHandlers.discarding())
                        .statusCode();
                failure = "The endpoint answered " + status;
            } catch (IOException | IllegalArgumentException e) {
                status = 0;
                failure = "The endpoint did not answer: " + e.getClass().getSimpleName();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        } while (tries == 1 && TRIED_AGAIN.contains(status));
        boolean succeeded = status >= 200 && status < 300;
        if (!succeeded || !step.content().path("asyncautodelete").asBoolean(false)) {
            synchronized (organization) {
                note(organization, step, happening, succeeded ? "" : failure, tries - 1);
            }
        }
    }

    private HttpRequest request(Row endpoint, Happening happening, RemoteExecution execution) {
        String url = Objects.toString(endpoint.text("url"), "");
        String secret = Objects.toString(endpoint.text("authvalue"), "");
        HttpRequest.Builder request = HttpRequest.newBuilder();
        int type = endpoint.number("authtype", 0);
        if (type == 4) {
            url = withParameter(url, "code", secret);
        }
        Matcher setting = SETTING.matcher(secret);
        while (type != 4 && setting.find()) {
            if (type == 5) {
                request.header(setting.group(1), setting.group(2));
            } else {
                url = withParameter(url, setting.group(1), setting.group(2));
            }
        }
        request.uri(URI.create(url))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .header("x-ms-dynamics-organization", "sandbox.crm.dynamics.test")
                .header("x-ms-dynamics-entity-name", happening.row().table().name())
                .header("x-ms-dynamics-request-name", happening.message())
                .header("x-ms-correlation-request-id", execution.correlation());
        if (execution.tooLarge()) {
            request.header("x-ms-dynamics-msg-size-exceeded", "true");
        }
        return request.POST(HttpRequest.BodyPublishers.ofByteArray(execution.body()))
                .build();
    }

    private static String withParameter(String url, String name, String value) {
        return url + (url.contains("?") ? "&" : "?") + URLEncoder.encode(name, StandardCharsets.UTF_8) + "="
                + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private void note(Organization organization, Row step, Happening happening, String failure, int retries) {
        String now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
        ObjectNode job = Json.object()
                .put("name", step.text("name"))
                .put("operationtype", 1)
                .put("statecode", 3)
                .put("statuscode", failure.isEmpty() ? SUCCEEDED : FAILED)
                .put("messagename", happening.message())
                .put("completedon", now)
                .put("retrycount", retries)
                .put("_regardingobjectid_value", happening.row().id())
                .put("_owningextensionid_value", step.id());
        if (!failure.isEmpty()) {
            job.put("message", failure).put("friendlymessage", failure).put("errorcode", -2147200941);
        }
        organization.atomically(() -> organization.create(Tables.ASYNC_OPERATION, job, Writer.somebody(false)));
    }
}
