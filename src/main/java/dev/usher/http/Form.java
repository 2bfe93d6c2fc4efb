package dev.usher.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.springframework.stereotype.Component;

/**
 * The bean {@code form}: writes JSON as {@code application/x-www-form-urlencoded}, for vendors that take nothing else.
 * Nested members become {@code outer[inner]=value}, as Stripe reads them; null becomes an empty value, which Stripe takes
 * as "clear this".
 */
@Component("form")
public final class Form {

    /** The form for this JSON object; an empty text for an empty object. */
    public String encode(JsonNode content) {
        var form = new StringBuilder();
        append("", content, form);
        return form.toString();
    }

    private static void append(String name, JsonNode value, StringBuilder form) {
        if (value.isObject()) {
            value.fields()
                    .forEachRemaining(member -> append(
                            name.isEmpty() ? member.getKey() : name + '[' + member.getKey() + ']',
                            member.getValue(),
                            form));
        } else if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                append(name + '[' + i + ']', value.get(i), form);
            }
        } else {
            form.append(form.isEmpty() ? "" : "&")
                    .append(encoded(name))
                    .append('=')
                    .append(value.isNull() ? "" : encoded(value.asText()));
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
