package dev.usher.token;

import java.io.IOException;
import org.apache.camel.http.base.HttpOperationFailedException;

/** Where new tokens come from: Entra, through MSAL. */
@FunctionalInterface
interface TokenSource {

    /** A new token, from the token endpoint and from no cache. */
    Token fetch() throws IOException, HttpOperationFailedException;
}
