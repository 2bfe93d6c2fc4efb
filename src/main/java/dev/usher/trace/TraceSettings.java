package dev.usher.trace;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where traces go: {@code usher.tracing}.
 *
 * @param enabled whether there are any; default false
 * @param url of the collector, for OTLP over HTTP: ends in {@code /v1/traces}
 * @param token sent as {@code Authorization: Bearer}; blank for none
 * @param share of the traces that are kept, 0 to 1; default 1
 * @param timeout of one call to the collector, longer than nothing; default 10 s
 */
@ConfigurationProperties("usher.tracing")
record TraceSettings(
        @DefaultValue("false") boolean enabled,
        @DefaultValue("http://127.0.0.1:4318/v1/traces") URI url,
        @DefaultValue("") String token,
        @DefaultValue("1") double share,
        @DefaultValue("10s") Duration timeout) {

    TraceSettings {
        var faults = new ArrayList<String>();
        if (enabled
                && (url.getHost() == null || !String.valueOf(url.getScheme()).matches("https?"))) {
            faults.add(
                    "usher.tracing.url is '" + url + "': set the collector's, such as http://127.0.0.1:4318/v1/traces");
        }
        if (!(share >= 0 && share <= 1)) {
            faults.add("usher.tracing.share is " + share + ": set 0 to 1");
        }
        if (timeout.isNegative() || timeout.isZero()) {
            faults.add("usher.tracing.timeout is " + timeout + ": it must be longer than 0s");
        }
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", faults));
        }
    }

    @Override
    public String toString() {
        return "TraceSettings[enabled=" + enabled + ", url=" + url + ", share=" + share + "]";
    }
}
