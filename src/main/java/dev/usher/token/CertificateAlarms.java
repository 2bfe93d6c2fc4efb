package dev.usher.token;

import dev.usher.alert.Alarm;
import dev.usher.alert.Alarms;
import dev.usher.alert.Expiry;
import java.util.List;
import org.springframework.stereotype.Component;

/** One for each certificate by which Usher proves who it is. */
@Component
final class CertificateAlarms implements Alarms {

    private final Tokens tokens;
    private final Expiry expiry;

    CertificateAlarms(Tokens tokens, Expiry expiry) {
        this.tokens = tokens;
        this.expiry = expiry;
    }

    @Override
    public List<Alarm> each() {
        return tokens.certificates().entrySet().stream()
                .map(entry -> expiry.alarm(
                        "usher.tokens." + entry.getKey(),
                        entry.getValue(),
                        "make a new certificate, add it to the app registration in Entra beside the old one, put it where"
                                + " usher.tokens." + entry.getKey() + " reads it, and restart Usher"))
                .toList();
    }
}
