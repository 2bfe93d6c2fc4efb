package dev.usher.doctor;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.util.Properties;
import org.apache.camel.Exchange;
import org.eclipse.angus.mail.util.MailConnectException;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** The bean {@code mailServer}: greets the server that takes Usher's mails, as a mail would, and leaves again. */
@Component("mailServer")
public final class MailServer {

    private static final String SECONDS = "10000";

    private final Environment environment;

    MailServer(Environment environment) {
        this.environment = environment;
    }

    public void greet(Exchange exchange) {
        Chart.of(exchange).add(sign(Chart.of(exchange).system()));
    }

    private Sign sign(String system) {
        if (setting("usher.alerts.to").isBlank()) {
            return Sign.note(system, "nobody hears of alarms: usher.alerts.to is not set", "set ALERTS_TO");
        }
        var host = setting("usher.mail.host");
        var port = environment.getProperty("usher.mail.port", Integer.class, 25);
        var properties = new Properties();
        properties.put("mail.smtp.connectiontimeout", SECONDS);
        properties.put("mail.smtp.timeout", SECONDS);
        properties.put("mail.smtp.starttls.enable", setting("usher.mail.start-tls"));
        properties.put("mail.smtp.starttls.required", setting("usher.mail.start-tls"));
        boolean signsIn = !setting("usher.mail.username").isBlank();
        properties.put("mail.smtp.auth", String.valueOf(signsIn));
        try (var server = Session.getInstance(properties).getTransport("smtp")) {
            server.connect(
                    host,
                    port,
                    signsIn ? setting("usher.mail.username") : "",
                    signsIn ? setting("usher.mail.password") : "");
            return Sign.good(system, host + ":" + port + " answers" + (signsIn ? ", and the sign-in is accepted" : ""));
        } catch (AuthenticationFailedException e) {
            return Sign.bad(system, host + ":" + port + " refuses the sign-in", "correct MAIL_USER and MAIL_PASSWORD");
        } catch (MailConnectException e) {
            return Sign.unreachable(
                    system,
                    host + ":" + port + " does not answer",
                    "correct MAIL_HOST and MAIL_PORT (usher.mail), or open the way to it");
        } catch (MessagingException e) {
            return Sign.bad(
                    system,
                    host + ":" + port + " does not take mails: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
                    "see usher.mail.start-tls (MAIL_START_TLS) and the port: 587 with it, 25 without");
        }
    }

    private String setting(String key) {
        return environment.getProperty(key, "");
    }
}
