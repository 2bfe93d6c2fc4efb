package dev.usher.dataverse;

import dev.usher.event.Events;
import dev.usher.tls.OwnTls;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.HttpsURLConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.context.WebServerApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.jms.JmsException;
import org.springframework.stereotype.Component;

/**
 * Calls the webhook once before Usher says that it is ready: the first call loads what all others use, and takes many times
 * as long. The call is refused, because nothing is in it, so that nothing comes of it.
 */
@Component
final class WebhookWarmUp {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookWarmUp.class);
    private static final int PATIENCE = (int) Duration.ofSeconds(5).toMillis();

    private final DataverseSettings settings;
    private final Events events;
    private final Environment environment;

    WebhookWarmUp(DataverseSettings settings, Events events, Environment environment) {
        this.environment = environment;
        this.settings = settings;
        this.events = events;
    }

    @EventListener
    void ready(ApplicationReadyEvent event) {
        var secrets = settings.webhook().secrets();
        if (settings.enabled()
                && !secrets.isEmpty()
                && event.getApplicationContext() instanceof WebServerApplicationContext context) {
            try {
                events.prepare();
                call(context.getWebServer().getPort(), secrets.get(0));
            } catch (IOException | JmsException e) {
                LOG.debug("Webhook: not warm, {}", e.getClass().getSimpleName());
            }
        }
    }

    private void call(int port, String secret) throws IOException {
        var url = URI.create(OwnTls.scheme(environment) + "://127.0.0.1:" + port + "/hooks/dataverse/contacts")
                .toURL();
        var call = (HttpURLConnection) url.openConnection();
        if (call instanceof HttpsURLConnection secured) {
            secured.setSSLSocketFactory(OwnTls.trusting(environment).getSocketFactory());
            secured.setHostnameVerifier((name, session) -> true); // only our own certificate is for 127.0.0.1
        }
        call.setConnectTimeout(PATIENCE);
        call.setReadTimeout(PATIENCE);
        call.setDoOutput(true);
        call.setRequestProperty("Content-Type", "application/json");
        call.setRequestProperty(settings.webhook().header(), secret);
        try (var body = call.getOutputStream()) {
            body.write("{}".getBytes(StandardCharsets.UTF_8));
        }
        call.getResponseCode();
        call.disconnect();
    }
}
