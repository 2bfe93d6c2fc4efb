package dev.usher.alert;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;

/** Why a mail was not taken, in words without addresses: mail servers quote those in their answers. */
final class MailFailure {

    private MailFailure() {}

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
        return failure instanceof SMTPSenderFailedException answer ? " " + answer.getReturnCode() : "";
    }
}
