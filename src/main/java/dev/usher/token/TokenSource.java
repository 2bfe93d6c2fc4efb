package dev.usher.token;

import java.io.IOException;
import org.apache.camel.http.base.HttpOperationFailedException;

/** Where new tokens come from: a token endpoint of Entra or Salesforce. */
@FunctionalInterface
interface TokenSource {

    /** A new token, from the token endpoint and from no cache. */
    Token fetch() throws IOException, HttpOperationFailedException;
}
