package dev.usher.content;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Keyed hashes (HMAC-SHA256, 128 bits, 32 hex digits): equal content has an equal hash, and nobody without the key can
 * guess an address from one. With another key every hash differs, so that every projection is compared anew.
 */
@Component
public final class Fingerprint {

    private static final int BYTES = 16;

    private final Mac template;

    Fingerprint(@Value("${usher.hash-key}") String key) {
        this.template = template(key);
    }

    private static Mac template(String key) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no HmacSHA256; use a complete JDK or JRE", e);
        }
    }

    /** Hash of a text, exactly as it is. */
    public String ofText(String text) {
        return hash(text);
    }

    /** Hash of an e-mail address, by which a person is found: letter case and surrounding blanks do not count. */
    public String ofEmail(String address) {
        return hash(address.strip().toLowerCase(Locale.ROOT));
    }

    /** Hash of a JSON value; the order of object members does not count, the order of array elements does. */
    public String of(JsonNode content) {
        var text = new StringBuilder(512);
        append(content, text);
        return hash(text.toString());
    }

    private String hash(String text) {
        try {
            var mac = (Mac) template.clone();
            var digest = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(Arrays.copyOf(digest, BYTES));
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the security provider's HmacSHA256 cannot be cloned; use SunJCE", e);
        }
    }

    private static void append(JsonNode node, StringBuilder text) {
        if (node.isObject()) {
            var names = new ArrayList<String>(node.size());
            node.fieldNames().forEachRemaining(names::add);
            Collections.sort(names);
            text.append('{');
            for (var name : names) {
                text.append(name.length()).append(':').append(name);
                append(node.get(name), text);
            }
            text.append('}');
        } else if (node.isArray()) {
            text.append('[');
            node.forEach(element -> append(element, text));
            text.append(']');
        } else {
            var value = node.asText();
            text.append(node.getNodeType().ordinal())
                    .append(value.length())
                    .append(':')
                    .append(value);
        }
    }
}
