package dev.usher.runtime;

import static java.util.stream.Collectors.joining;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.management.DefaultManagementObjectStrategy;
import org.apache.camel.management.mbean.ManagedCamelContext;
import org.apache.camel.management.mbean.ManagedProcessor;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.springframework.stereotype.Component;

/**
 * Tells Hawtio the figures of all steps at once. Camel asks JMX for each step of the whole program once for each route: three
 * seconds of processor time with the routes of Usher, every five seconds while Hawtio shows a diagram, which it does not draw
 * where its next question overtakes the answer. And it tells a step of a template by another id than its diagram has, so that
 * Hawtio counts nothing there.
 */
@Component
final class RouteStatistics implements CamelContextConfiguration {

    @Override
    public void beforeApplicationStart(CamelContext camel) {
        camel.getManagementStrategy().setManagementObjectStrategy(new Objects());
    }

    @Override
    public void afterApplicationStart(CamelContext camel) {
        // nothing is left to do
    }

    private static final class Objects extends DefaultManagementObjectStrategy {

        private final Map<String, List<ManagedProcessor>> steps = new ConcurrentHashMap<>();

        @Override
        public Object getManagedObjectForCamelContext(CamelContext camel) {
            var context = new Context(camel, steps);
            context.init(camel.getManagementStrategy());
            return context;
        }

        @Override
        public Object getManagedObjectForProcessor(
                CamelContext camel, Processor processor, NamedNode definition, Route route) {
            var step = super.getManagedObjectForProcessor(camel, processor, definition, route);
            if (step instanceof ManagedProcessor managed) {
                steps.computeIfAbsent(route.getId(), id -> new CopyOnWriteArrayList<>())
                        .add(managed);
            }
            return step;
        }
    }

    /** Public for JMX. */
    @ManagedResource(description = "Managed CamelContext")
    public static final class Context extends ManagedCamelContext {

        private static final Pattern ROUTE = Pattern.compile("<routeStat id=\"([^\"]*)\"[^>]*>\\n");
        private static final Comparator<ManagedProcessor> IN_ORDER = Comparator.comparing(ManagedProcessor::getIndex);

        private final Map<String, List<ManagedProcessor>> steps;

        Context(CamelContext camel, Map<String, List<ManagedProcessor>> steps) {
            super(camel);
            this.steps = steps;
        }

        @Override
        public String dumpRoutesStatsAsXml(boolean full, boolean withSteps) throws Exception {
            var routes = super.dumpRoutesStatsAsXml(full, false);
            return withSteps ? ROUTE.matcher(routes).replaceAll(route -> withSteps(route, full)) : routes;
        }

        private String withSteps(MatchResult route, boolean full) {
            return Matcher.quoteReplacement(steps.getOrDefault(route.group(1), List.of()).stream()
                    .sorted(IN_ORDER)
                    .map(step -> step(step, full))
                    .collect(joining("", route.group() + "<processorStats>\n", "</processorStats>\n")));
        }

        /** Without the prefix that tells the steps of one template apart: the diagram knows them by the ids of their file. */
        private static String idInFile(ManagedProcessor step) {
            var id = step.getProcessorId();
            var prefix = step.getNodePrefixId();
            return prefix != null && id.startsWith(prefix) ? id.substring(prefix.length()) : id;
        }

        private static String step(ManagedProcessor step, boolean full) {
            var line = step.getSourceLineNumber();
            var figures = step.dumpStatsAsXml(full).replaceFirst("^<stats ", "");
            return "<processorStat id=\"%s\" index=\"%d\" state=\"%s\" disabled=\"%s\" sourceLineNumber=\"%d\" exchangesInflight=\"%d\" %s\n"
                    .formatted(
                            idInFile(step),
                            step.getIndex(),
                            step.getState(),
                            step.getDisabled(),
                            line == null ? -1 : line,
                            step.getExchangesInflight(),
                            figures);
        }
    }
}
