package dev.usher.runtime;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.NamedNode;
import org.apache.camel.spi.ModelToXMLDumper;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.apache.camel.support.PluginHelper;
import org.springframework.stereotype.Component;

/**
 * Lets Hawtio draw the routes that have an error handler of their own. Camel writes it before {@code from}; Hawtio 5.2
 * takes it for a step after a node without a name, and from then on draws no route until its page is loaded again. So a
 * route is told without it; the files of the routes still say it.
 */
@Component
final class DrawnRoutes implements CamelContextConfiguration {

    private static final Pattern ERROR_HANDLER = Pattern.compile(
            "\\s*<errorHandler(?:\\s[^>]*)?(?:/>|(?<!/)>.*?</errorHandler>)(?=\\s*<from\\s)", Pattern.DOTALL);

    @Override
    public void beforeApplicationStart(CamelContext camel) {
        var dumper = PluginHelper.getModelToXMLDumper(camel);
        camel.getCamelContextExtension().addContextPlugin(ModelToXMLDumper.class, new Drawn(dumper));
    }

    @Override
    public void afterApplicationStart(CamelContext camel) {
        // nothing is left to do
    }

    private record Drawn(ModelToXMLDumper all) implements ModelToXMLDumper {

        private static String drawn(String xml) {
            return ERROR_HANDLER.matcher(xml).replaceAll("");
        }

        @Override
        public String dumpModelAsXml(CamelContext camel, NamedNode node) throws Exception {
            return drawn(all.dumpModelAsXml(camel, node));
        }

        @Override
        public String dumpModelAsXml(
                CamelContext camel, NamedNode node, boolean resolved, boolean ids, boolean locations) throws Exception {
            return drawn(all.dumpModelAsXml(camel, node, resolved, ids, locations));
        }

        @Override
        public String dumpBeansAsXml(CamelContext camel, List<Object> beans) throws Exception {
            return all.dumpBeansAsXml(camel, beans);
        }

        @Override
        public String dumpDataFormatsAsXml(CamelContext camel, Map<String, Object> formats) throws Exception {
            return all.dumpDataFormatsAsXml(camel, formats);
        }
    }
}
