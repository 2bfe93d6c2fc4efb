package dev.usher.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the OpenAPI document says of the API as a whole. */
@Configuration(proxyBeanMethods = false)
class ApiConfiguration {

    static {
        // JSON that a service makes itself; its Java class has members that no call ever shows
        SpringDocUtils.getConfig().replaceWithSchema(ObjectNode.class, new ObjectSchema());
    }

    @Bean
    OpenAPI description() {
        var version = ApiConfiguration.class.getPackage().getImplementationVersion();
        return new OpenAPI()
                .components(new Components()
                        .addSecuritySchemes(
                                "password",
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("basic")
                                        .description(
                                                "Name and password of a user: viewers read, operators also change."))
                        .addSecuritySchemes(
                                "command",
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("bearer")
                                        .description(
                                                "The key in the file command.key of the data folder, of an operator.")))
                .addSecurityItem(new SecurityRequirement().addList("password"))
                .addSecurityItem(new SecurityRequirement().addList("command"))
                .info(new Info()
                        .title("Usher")
                        .version(version == null ? "unversioned" : version)
                        .description(
                                "See what becomes of identities, and act on it. Times are ISO 8601 in UTC. Lists are read page by page:"
                                        + " \"next\" of one page is \"before\" of the following. Errors are RFC 9457 problems whose \"detail\" says"
                                        + " what is wrong, where, and what to do."));
    }
}
