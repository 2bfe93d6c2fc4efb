package dev.usher.dataverse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Makes and looks up what makes Dataverse call the webhook: one service endpoint, and a step for each of Create, Update and
 * Delete of a contact.
 *
 * @see <a href="https://learn.microsoft.com/power-apps/developer/data-platform/register-web-hook">Register a webhook</a>
 */
@Component
final class WebhookRegistration {

    private static final List<String> MESSAGES = List.of("Create", "Update", "Delete");
    private static final String NAME = "usher contacts";
    private static final int WEBHOOK = 8;
    private static final int WEBHOOK_KEY = 4; // the secret is sent as ?code=, the one way that is documented
    private static final int JSON = 2;
    private static final int AFTER_THE_OPERATION = 40;
    private static final int ASYNCHRONOUS = 1;
    private static final int FAILED = 31;
    private static final int ENABLED = 0;
    private static final int ENABLED_REASON = 1;
    private static final String REGISTERED = "registered";
    private static final int FAILURES_SHOWN = 20;

    private final WebApi api;
    private final DataverseSettings settings;
    private final String attributes;

    WebhookRegistration(WebApi api, DataverseSettings settings) {
        this.api = api;
        this.settings = settings;
        this.attributes = Contact.selected(settings.columns()).stream()
                .filter(column -> !column.equals("contactid"))
                .sorted()
                .collect(Collectors.joining(","));
    }

    /**
     * What is registered, and what of it is missing, as JSON for an operator. The member {@code expectedUrl} is there only when
     * Dataverse calls another address than the configured one.
     */
    ObjectNode status() throws IOException, HttpOperationFailedException {
        var status = JsonNodeFactory.instance.objectNode();
        var endpoint = endpoint();
        var url = endpoint == null ? null : endpoint.path("url").textValue();
        var configured = settings.webhook().url();
        status.put("registered", endpoint != null).put("url", url);
        if (endpoint != null && !configured.isEmpty() && !configured.equals(url)) {
            status.put("expectedUrl", configured);
        }
        var steps = status.putObject("steps");
        for (var message : MESSAGES) {
            var step = endpoint == null ? null : step(id(endpoint), message);
            steps.put(message, step == null ? "missing" : state(step, message));
        }
        status.put("filteringAttributes", attributes)
                .put("secrets", settings.webhook().secrets().size());
        status.set("failures", failures());
        return status;
    }

    /**
     * Registers the webhook; what is there already is kept, and mended where it differs. The first secret is handed over,
     * also when it was already: Dataverse does not show the one it has.
     *
     * @param url where Dataverse is to call
     * @throws IllegalArgumentException when the url or a secret is missing
     */
    void register(String url) throws IOException, HttpOperationFailedException {
        if (!url.matches("https?://[^/]+/.+")) {
            throw new IllegalArgumentException("the url of the webhook is missing: set usher.dataverse.webhook.url, or"
                    + " send {\"url\": \"https://<public host>/hooks/dataverse/contacts\"}");
        }
        var secrets = settings.webhook().secrets();
        if (secrets.isEmpty()) {
            throw new IllegalArgumentException(
                    "usher.dataverse.webhook.secrets is not set: every call would be refused");
        }
        var row = JsonNodeFactory.instance
                .objectNode()
                .put("url", url)
                .put("authtype", WEBHOOK_KEY)
                .put("authvalue", secrets.get(0));
        var endpoint = endpoint();
        if (endpoint == null) {
            row.put("name", NAME).put("contract", WEBHOOK).put("messageformat", JSON);
            endpoint = api.create("serviceendpoints", row);
        } else {
            api.update("serviceendpoints(" + id(endpoint) + ")", row);
        }
        for (var message : MESSAGES) {
            registerStep(id(endpoint), message);
        }
    }

    private void registerStep(String endpointId, String message) throws IOException, HttpOperationFailedException {
        var step = step(endpointId, message);
        if (step != null && state(step, message).equals(REGISTERED)) {
            return;
        }
        var row = JsonNodeFactory.instance.objectNode();
        if (message.equals("Update")) {
            row.put("filteringattributes", attributes);
        }
        if (step != null) {
            row.put("statecode", ENABLED).put("statuscode", ENABLED_REASON);
            api.update(
                    "sdkmessageprocessingsteps("
                            + step.path("sdkmessageprocessingstepid").asText() + ")",
                    row);
            return;
        }
        var messageId = only("sdkmessages", "sdkmessageid", "name eq '" + message + "'");
        var filterId = only(
                "sdkmessagefilters",
                "sdkmessagefilterid",
                "primaryobjecttypecode eq 'contact' and _sdkmessageid_value eq " + messageId);
        row.put("name", stepName(message))
                .put("stage", AFTER_THE_OPERATION)
                .put("mode", ASYNCHRONOUS)
                .put("rank", 1)
                .put("supporteddeployment", 0)
                .put("asyncautodelete", true)
                .put("sdkmessageid@odata.bind", "/sdkmessages(" + messageId + ")")
                .put("sdkmessagefilterid@odata.bind", "/sdkmessagefilters(" + filterId + ")")
                .put("eventhandler_serviceendpoint@odata.bind", "/serviceendpoints(" + endpointId + ")");
        api.create("sdkmessageprocessingsteps", row);
    }

    private static String stepName(String message) {
        return NAME + " " + message.toLowerCase(Locale.ROOT);
    }

    private String state(JsonNode step, String message) {
        if (step.path("statecode").asInt(ENABLED) != ENABLED) {
            return "disabled";
        }
        boolean filtersRight = !message.equals("Update")
                || step.path("filteringattributes").asText("").equals(attributes);
        return filtersRight ? REGISTERED : "differs";
    }

    private @Nullable JsonNode endpoint() throws IOException, HttpOperationFailedException {
        return first("serviceendpoints", "serviceendpointid,name,url", "name eq '" + NAME + "'");
    }

    private static String id(JsonNode endpoint) {
        return endpoint.path("serviceendpointid").asText();
    }

    private @Nullable JsonNode step(String endpointId, String message)
            throws IOException, HttpOperationFailedException {
        return first(
                "sdkmessageprocessingsteps",
                "sdkmessageprocessingstepid,name,statecode,filteringattributes",
                "name eq '" + stepName(message) + "' and _eventhandler_serviceendpoint_value eq " + endpointId);
    }

    /** The newest system jobs that failed to call it; Dataverse keeps them until somebody deletes them. */
    private JsonNode failures() throws IOException, HttpOperationFailedException {
        var failures = JsonNodeFactory.instance.arrayNode();
        var rows = rows(
                "asyncoperations",
                "asyncoperationid,name,completedon",
                "statuscode eq " + FAILED + " and startswith(name,'" + NAME + " ')",
                "&$orderby=completedon%20desc&$top=" + FAILURES_SHOWN);
        for (var row : rows) {
            failures.addObject()
                    .put("step", row.path("name").asText())
                    .put("at", row.path("completedon").textValue());
        }
        return failures;
    }

    private String only(String set, String key, String filter) throws IOException, HttpOperationFailedException {
        var row = first(set, key, filter);
        if (row == null) {
            throw new IOException("Dataverse has no " + set + " where " + filter);
        }
        return row.path(key).asText();
    }

    private @Nullable JsonNode first(String set, String select, String filter)
            throws IOException, HttpOperationFailedException {
        return rows(set, select, filter, "").get(0);
    }

    private JsonNode rows(String set, String select, String filter, String more)
            throws IOException, HttpOperationFailedException {
        var answer = api.get(set + "?$select=" + select + "&$filter=" + WebApi.encoded(filter) + more, "");
        return answer.path("value");
    }
}
