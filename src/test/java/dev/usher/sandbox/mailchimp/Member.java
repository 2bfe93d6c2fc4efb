package dev.usher.sandbox.mailchimp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * A member at one moment; a change makes another one.
 *
 * @param content as Mailchimp shows it; never changed in place
 * @param leftByItself the person clicked unsubscribe, or mail bounced: only a click on a double opt-in mail subscribes them again
 * @param confirmationsSent how many double opt-in mails went out
 */
record Member(ObjectNode content, boolean leftByItself, int confirmationsSent) {

    String email() {
        return content.get("email_address").textValue();
    }

    String hash() {
        return content.get("id").textValue();
    }

    String contactId() {
        return content.get("contact_id").textValue();
    }

    String status() {
        return content.get("status").textValue();
    }

    /** MD5 of the lower-case address: the id of a member. */
    static String hash(String email) {
        return md5(email.toLowerCase(Locale.ROOT));
    }

    static String md5(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
