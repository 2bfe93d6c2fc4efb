package dev.usher.vendor;

import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.spi.ComponentCustomizer;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Counts every call that a route makes by HTTP. */
@Configuration(proxyBeanMethods = false)
class HttpCalls {

    @Bean
    ComponentCustomizer countedHttp(VendorCalls calls, Systems systems) {
        return ComponentCustomizer.forType(
                HttpComponent.class,
                http -> http.setHttpClientConfigurer(
                        builder -> builder.addExecInterceptorFirst("usher-calls", counting(calls, systems))));
    }

    private static ExecChainHandler counting(VendorCalls calls, Systems systems) {
        return (request, scope, chain) -> {
            var target = scope.route.getTargetHost();
            try (var call = calls.begin(systems.at(target.getHostName(), target.getPort()))) {
                var response = chain.proceed(request, scope);
                call.answered(response.getCode());
                return response;
            }
        };
    }
}
