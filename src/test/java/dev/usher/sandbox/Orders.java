package dev.usher.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.sandbox.server.Fault;
import dev.usher.sandbox.server.Limit;
import dev.usher.sandbox.server.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Reads faults and limits from the bodies of the control API, and names what is wrong with them. */
final class Orders {
    private static final int LOWEST_STATUS = 200;
    private static final int HIGHEST_STATUS = 599;

    private Orders() {}

    /** One fault, or an array of them, of which the first that fits a call acts on it. */
    static List<Fault> faults(JsonNode body) {
        if (!body.isArray()) {
            return List.of(fault(body));
        }
        List<Fault> faults = new ArrayList<>();
        body.forEach(one -> faults.add(fault(one)));
        return faults;
    }

    private static Fault fault(JsonNode body) {
        Settings settings = new Settings(body);
        Integer status = settings.atLeast(LOWEST_STATUS, "status");
        if (status != null && status > HIGHEST_STATUS) {
            throw Settings.wrong("status", body.get("status"), "an HTTP status from 200 to 599");
        }
        Duration latency = settings.duration("latency");
        Boolean malformed = settings.flag("malformed");
        Fault fault = new Fault(
                status,
                settings.atLeast(0, "retryAfter"),
                latency == null ? Duration.ZERO : latency,
                moment(settings, "cut"),
                moment(settings, "stored"),
                headers(settings),
                malformed != null && malformed,
                share(settings),
                settings.atLeast(1, "count"),
                path(settings));
        settings.done();
        if (fault.stored() != null && fault.status() == null) {
            throw new IllegalArgumentException("member \"stored\" needs a \"status\" that is stored");
        }
        return fault;
    }

    private static Fault.@Nullable Cut moment(Settings settings, String member) {
        String moment = settings.text(member);
        if (moment == null) {
            return null;
        }
        if (!moment.equals("before") && !moment.equals("after")) {
            throw new IllegalArgumentException(
                    "member \"" + member + "\" is \"" + moment + "\" but must be \"before\" or \"after\"");
        }
        return Fault.Cut.valueOf(moment.toUpperCase(Locale.ROOT));
    }

    private static Map<String, String> headers(Settings settings) {
        Map<String, String> headers = new TreeMap<>();
        settings.member("headers").ifPresent(given -> {
            if (!given.isObject()) {
                throw Settings.wrong("headers", given, "an object of names and values");
            }
            given.properties()
                    .forEach(header ->
                            headers.put(header.getKey(), header.getValue().asText()));
        });
        return headers;
    }

    private static double share(Settings settings) {
        return settings.member("share")
                .map(share -> {
                    if (!share.isNumber() || share.doubleValue() <= 0 || share.doubleValue() > 1) {
                        throw Settings.wrong("share", share, "a number above 0 and up to 1");
                    }
                    return share.doubleValue();
                })
                .orElse(1.0);
    }

    private static @Nullable Pattern path(Settings settings) {
        String path = settings.text("path");
        try {
            return path == null ? null : Pattern.compile(path);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("member \"path\" is no regular expression: " + e.getMessage(), e);
        }
    }

    static Limit limit(JsonNode body) {
        Settings settings = new Settings(body);
        Limit limit = new Limit(settings.atLeast(1, "perSecond"), settings.atLeast(1, "concurrent"));
        settings.done();
        if (limit.perSecond() == null && limit.concurrent() == null) {
            throw new IllegalArgumentException(
                    "\"perSecond\" or \"concurrent\" is needed; DELETE takes every limit away");
        }
        return limit;
    }
}
