package dev.usher.security;

import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * Takes chunks of a body without extensions and trailers, which nobody sends who means well: the server reads them within one
 * read, however slowly they come, and no limit of time would be looked at.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112#section-7.1">Chunked transfer coding</a>
 */
@Component
final class PlainChunks implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.addConnectorCustomizers(connector -> {
            if (connector.getProtocolHandler() instanceof AbstractHttp11Protocol<?> http) {
                http.setMaxExtensionSize(0);
                http.setMaxTrailerSize(0);
            }
        });
    }
}
