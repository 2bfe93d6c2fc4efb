package dev.usher.entra;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * One request to Graph, to be sent in a {@code $batch}.
 *
 * @param path with query, below the version: {@code /users/…}; its parts are encoded by whoever makes it
 * @param body JSON; null for none
 */
public record GraphRequest(
        String method, String path, @Nullable JsonNode body) {

    public static GraphRequest get(String path) {
        return new GraphRequest("GET", path, null);
    }
}
