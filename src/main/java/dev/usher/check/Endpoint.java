package dev.usher.check;

import java.util.Map;
import java.util.Optional;

/**
 * An address in a route: the {@code uri} of a {@code from}, {@code to}, {@code toD} ….
 *
 * @param holder the map that holds {@code uri} and {@code parameters}
 */
record Endpoint(Tree holder, String uri, Map<String, Tree> parameters) {

    static Optional<Endpoint> of(Tree tree) {
        return tree.at("uri").filter(Tree::isScalar).map(uri -> new Endpoint(tree, uri.text(), parametersOf(tree)));
    }

    int line() {
        return holder.lineOf("uri");
    }

    int lineOf(String parameter) {
        return holder.at("parameters").map(map -> map.lineOf(parameter)).orElse(line());
    }

    /**
     * The component, such as {@code jms}. An address that starts with a setting or with message data can only be a web
     * address here, so it counts as {@code https}.
     */
    String scheme() {
        if (uri.startsWith("{{") || uri.startsWith("${")) {
            return "https";
        }
        int colon = uri.indexOf(':');
        return colon < 0 ? uri : uri.substring(0, colon);
    }

    boolean isHttp() {
        return scheme().equals("http") || scheme().equals("https");
    }

    private static Map<String, Tree> parametersOf(Tree tree) {
        return tree.at("parameters").map(Tree::fields).orElse(Map.of());
    }
}
