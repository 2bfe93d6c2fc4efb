package dev.usher.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives a test the one {@link Product} of this test run; it starts when first asked for and stops at the end. */
final class RunningUsher implements ParameterResolver {

    private record Kept(Product product) implements ExtensionContext.Store.CloseableResource {
        @Override
        public void close() {
            product.close();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Product.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(RunningUsher.class))
                .getOrComputeIfAbsent("product", key -> new Kept(start()), Kept.class)
                .product();
    }

    private static Product start() {
        try {
            return Product.start("scenarios", Map.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
