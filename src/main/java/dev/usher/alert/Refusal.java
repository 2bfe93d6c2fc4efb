package dev.usher.alert;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;

/** Why a mail server or a webhook did not take it, in words without addresses: mail servers quote those, and a URL is a secret. */
final class Refusal {

    private Refusal() {}

    static String reason(@Nullable Throwable failure) {
        List<String> words = new ArrayList<>();
        for (var cause = failure; cause != null && words.size() < 4; cause = next(cause)) {
            words.add(cause.getClass().getSimpleName() + code(cause));
        }
        return words.isEmpty() ? "no cause given" : String.join(", ", words);
    }

    private static @Nullable Throwable next(Throwable failure) {
        if (failure instanceof jakarta.mail.MessagingException mail && mail.getNextException() != null) {
            return mail.getNextException();
        }
        return failure.getCause();
    }

    private static String code(Throwable failure) {
        if (failure instanceof SMTPSendFailedException answer) {
            return " " + answer.getReturnCode();
        }
        if (failure instanceof SMTPAddressFailedException answer) {
            return " " + answer.getReturnCode();
        }
        if (failure instanceof HttpOperationFailedException answer) {
            return " " + answer.getStatusCode();
        }
        return failure instanceof SMTPSenderFailedException answer ? " " + answer.getReturnCode() : "";
    }

    /** How long a webhook asked to be left alone, at most an hour; zero when it did not say. */
    static Duration retryAfter(@Nullable Throwable failure) {
        if (!(failure instanceof HttpOperationFailedException answer) || answer.getResponseHeaders() == null) {
            return Duration.ZERO;
        }
        var asked = answer.getResponseHeaders().getOrDefault("Retry-After", "");
        return asked.matches("\\d{1,4}") ? Duration.ofSeconds(Math.min(Long.parseLong(asked), 3_600)) : Duration.ZERO;
    }
}
