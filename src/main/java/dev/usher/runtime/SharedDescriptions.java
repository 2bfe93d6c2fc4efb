package dev.usher.runtime;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.modelmbean.InvalidTargetObjectTypeException;
import javax.management.modelmbean.ModelMBean;
import javax.management.modelmbean.ModelMBeanInfo;
import org.apache.camel.CamelContext;
import org.apache.camel.api.management.ManagedInstance;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.api.management.NotificationSenderAware;
import org.apache.camel.support.management.DefaultManagementMBeanAssembler;
import org.apache.camel.support.management.MixinRequiredModelMBean;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.stereotype.Component;

/**
 * Gives all MBeans of one kind the same description. Camel describes each step of each route anew, names and
 * explanations of some forty attributes and operations: 18 MB of live objects, a quarter of all, which every collection has
 * to walk through.
 */
@Component
final class SharedDescriptions implements BeanPostProcessor {

    /** Before the context's own initialisation, in which the agent that registers the MBeans takes its assembler. */
    @Override
    public Object postProcessBeforeInitialization(Object bean, String name) {
        if (bean instanceof CamelContext camel) {
            camel.getCamelContextExtension().setManagementMBeanAssembler(new Assembler(camel));
        }
        return bean;
    }

    private static final class Assembler extends DefaultManagementMBeanAssembler {

        private final Map<Class<?>, ModelMBeanInfo> descriptions = new ConcurrentHashMap<>();

        Assembler(CamelContext camel) {
            super(camel);
        }

        @Override
        public @Nullable ModelMBean assemble(MBeanServer server, Object resource, ObjectName name) throws JMException {
            if (describesItself(resource) || resource instanceof NotificationSenderAware) {
                return super.assemble(server, resource, name);
            }
            var description = descriptions.get(resource.getClass());
            if (description == null) {
                description = assembler.getMBeanInfo(camelContext, resource, null, name.toString());
                if (description == null) {
                    return null;
                }
                descriptions.put(resource.getClass(), description);
            }
            var bean = new MixinRequiredModelMBean(description, true, null, null); // true: secrets in URIs are masked
            try {
                bean.setManagedResource(resource, "ObjectReference");
            } catch (InvalidTargetObjectTypeException | InstanceNotFoundException e) {
                throw new JMException(e.getMessage());
            }
            return bean;
        }

        private static boolean describesItself(Object resource) {
            var instance = resource instanceof ManagedInstance managed ? managed.getInstance() : null;
            return instance != null && instance.getClass().isAnnotationPresent(ManagedResource.class);
        }
    }
}
