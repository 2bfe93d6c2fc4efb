package dev.usher.runtime;

import java.util.Set;
import javax.management.ObjectInstance;
import org.jolokia.service.jmx.api.CacheKeyProvider;
import org.jspecify.annotations.Nullable;

/**
 * Lets Jolokia send the description of each kind of MBean once. Hawtio asks for all MBeans with their descriptions whenever
 * a page is loaded: 7 MB, nearly all of it the same few dozen texts for each step of each route and each queue.
 *
 * <p>Jolokia finds this class by {@code META-INF/jolokia/services}; it counts only for requests with
 * {@code listCache=true}, as Hawtio's are.
 */
public final class DescriptionKeys extends CacheKeyProvider {

    /** Camel and Artemis describe an MBean by its class alone; Camel see {@link SharedDescriptions}. */
    private static final Set<String> DOMAINS = Set.of("org.apache.camel", "org.apache.activemq.artemis");

    /** @param order rank among Jolokia's services; lower ones are asked first */
    public DescriptionKeys(int order) {
        super(order);
    }

    /** The name under which the description is sent, or null: it is sent with the MBean. */
    @Override
    public @Nullable String determineKey(ObjectInstance bean) {
        return DOMAINS.contains(bean.getObjectName().getDomain()) ? bean.getClassName() : null;
    }
}
