package dev.usher.delivery;

import dev.usher.token.Tokens;
import java.io.IOException;
import org.apache.camel.Exchange;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The bean {@code authorization}, called by kamelets that call a system with an access token. */
@Component("authorization")
public final class Authorization {

    private static final String REGISTRATION = "registration";
    private static final String TOKEN = "token";

    private final Tokens tokens;

    Authorization(Tokens tokens) {
        this.tokens = tokens;
    }

    /**
     * Sets the header {@code Authorization} to a token of the registration that the variable {@code registration} names.
     *
     * @throws HttpOperationFailedException when the token endpoint refused
     * @throws IOException when it did not answer
     */
    public void bearer(Exchange exchange) throws IOException, HttpOperationFailedException {
        var token = tokens.bearer(exchange.getVariable(REGISTRATION, String.class));
        exchange.setProperty(TOKEN, token);
        exchange.getMessage().setHeader("Authorization", "Bearer " + token);
    }

    /** Forgets the token this exchange used, when the call was answered 401; the next try gets a new one. */
    void dropIfRefused(Exchange exchange, @Nullable Throwable failure) {
        var token = exchange.getProperty(TOKEN, String.class);
        var registration = exchange.getVariable(REGISTRATION, String.class);
        if (token != null
                && registration != null
                && failure instanceof HttpOperationFailedException answer
                && answer.getStatusCode() == 401) {
            tokens.drop(registration, token);
        }
    }
}
