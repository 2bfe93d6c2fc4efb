package dev.usher.alert;

import jakarta.mail.PasswordAuthentication;
import org.apache.camel.component.mail.MailAuthenticator;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * The bean {@code mailLogin}, by which the kamelet {@code send-mail-action} logs in at the mail server: not at all when
 * no user name is configured.
 */
@Component("mailLogin")
public final class MailLogin extends MailAuthenticator {

    private final String username;
    private final String password;

    MailLogin(@Value("${usher.mail.username:}") String username, @Value("${usher.mail.password:}") String password) {
        this.username = username;
        this.password = password;
    }

    @Override
    @SuppressWarnings("NullAway") // Camel asks for no login by a user name that is null
    public PasswordAuthentication getPasswordAuthentication() {
        return username.isBlank()
                ? new PasswordAuthentication(null, null)
                : new PasswordAuthentication(username, password);
    }
}
