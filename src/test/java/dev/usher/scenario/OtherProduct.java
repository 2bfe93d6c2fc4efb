package dev.usher.scenario;

import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The product of scenarios that are set otherwise: one at a time, started anew when other settings are asked for. */
final class OtherProduct implements AutoCloseable {

    /** How such a product is started. */
    interface Start {
        Product with(String name, Map<String, String> settings) throws IOException;
    }

    private final Start start;
    private Map<String, String> settings = Map.of();
    private @Nullable Product product;

    OtherProduct(Start start) {
        this.start = start;
    }

    Product with(Map<String, String> wanted) throws IOException {
        if (product == null || !settings.equals(wanted)) {
            close();
            product = start.with("scenarios-set-otherwise", wanted);
            settings = Map.copyOf(wanted);
        }
        return product;
    }

    @Override
    public void close() {
        if (product != null) {
            product.close();
            product = null;
        }
    }
}
