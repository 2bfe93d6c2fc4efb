package dev.usher.trace;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.ComponentCustomizer;
import org.apache.camel.spi.RoutePolicyFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jms.support.JmsUtils;

/** What there is only while {@code usher.tracing.enabled} is true. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("usher.tracing.enabled")
class TraceConfiguration {

    /** Sends spans in batches, from a thread of its own; while the collector does not answer they are dropped. */
    @Bean(destroyMethod = "close")
    OpenTelemetrySdk telemetry(TraceSettings settings) {
        var exporter = OtlpHttpSpanExporter.builder()
                .setEndpoint(settings.url().toString())
                .setTimeout(settings.timeout());
        if (!settings.token().isBlank()) {
            exporter.addHeader("Authorization", "Bearer " + settings.token());
        }
        var provider = SdkTracerProvider.builder()
                .setResource(Resource.create(Attributes.of(AttributeKey.stringKey("service.name"), "usher")))
                .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(settings.share())))
                .addSpanProcessor(BatchSpanProcessor.builder(exporter.build()).build())
                .build();
        return OpenTelemetrySdk.builder().setTracerProvider(provider).build();
    }

    /** Every route that takes from a queue or from a caller is a step. */
    @Bean
    RoutePolicyFactory tracedRoutes(Traces traces) {
        return (camel, routeId, route) -> {
            var from = String.valueOf(((RouteDefinition) route).getInput().getEndpointUri());
            return from.startsWith("jms:") || from.startsWith("platform-http:")
                    ? new RouteSteps(traces, from.startsWith("jms:"))
                    : null;
        };
    }

    /** Every message that a route sends carries the trace. */
    @Bean
    ComponentCustomizer tracedMessages(Traces traces) {
        return ComponentCustomizer.forType(
                JmsComponent.class,
                jms -> jms.setMessageCreatedStrategy((message, session, exchange, cause) ->
                        traces.carry((name, value) -> put(message, name, value))));
    }

    private static void put(Message message, String name, String value) {
        try {
            message.setStringProperty(name, value);
        } catch (JMSException e) {
            throw JmsUtils.convertJmsAccessException(e);
        }
    }
}
