package dev.usher.security;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.util.EnumSet;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.security.config.BeanIds;
import org.springframework.session.web.http.SessionRepositoryFilter;

/**
 * The filters of the main port, on the management port: its server belongs to a context of its own, which knows neither the
 * sessions nor the order in which the filters must come. Named in {@code META-INF/spring/…ManagementContextConfiguration.imports};
 * no {@code @Configuration}, because that would be found in the main context too.
 */
class ManagementSecurity {

    /** Before all others, Hawtio's among them, some of which answer by themselves. */
    private static final int FIRST = -100;

    @Bean
    FilterRegistrationBean<Filter> managementPaths() {
        return registered("managementPaths", new PlainPaths(), Ordered.HIGHEST_PRECEDENCE);
    }

    @Bean
    FilterRegistrationBean<Filter> managementBodies(
            @Qualifier("bodyFilter") FilterRegistrationBean<BodyFilter> bodies) {
        return registered("managementBodies", bodies.getFilter(), Ordered.HIGHEST_PRECEDENCE + 1);
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> managementChunks() {
        return new PlainChunks();
    }

    @Bean
    FilterRegistrationBean<Filter> managementSessions(SessionRepositoryFilter<?> sessions) {
        return registered("managementSessions", sessions, SessionRepositoryFilter.DEFAULT_ORDER);
    }

    @Bean
    FilterRegistrationBean<Filter> managementRules(@Qualifier(BeanIds.SPRING_SECURITY_FILTER_CHAIN) Filter rules) {
        return registered("managementRules", rules, FIRST);
    }

    private static FilterRegistrationBean<Filter> registered(String name, Filter filter, int order) {
        var registration = new FilterRegistrationBean<>(filter);
        registration.setName(name);
        registration.setOrder(order);
        registration.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR));
        return registration;
    }
}
