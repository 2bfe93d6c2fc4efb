package dev.usher.birthright;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** Who gets what: {@code usher.destinations.birthrights}. @param rules as the operator wrote them; {@link Rules} reads them */
@ConfigurationProperties("usher.destinations.birthrights")
record BirthrightSettings(@DefaultValue List<Rule> rules) {

    /**
     * @param name what it is called in reasons
     * @param group object id of a group; empty for an app role
     * @param app object id of a service principal; empty for a group
     * @param role id of one of its app roles; empty for its default access
     * @param when jq over the SCIM user: true for who gets it
     */
    record Rule(
            @DefaultValue("") String name,
            @DefaultValue("") String group,
            @DefaultValue("") String app,
            @DefaultValue("") String role,
            @DefaultValue("") String when) {}
}
