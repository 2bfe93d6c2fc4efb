package dev.usher.dataverse;

import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who is believed where the directory and a user's contact differ: {@code usher.authority}. Entra unless said otherwise.
 *
 * @param names given name, surname and the name shown
 * @param email the address
 * @param consent consent to marketing
 */
@ConfigurationProperties("usher.authority")
record Authority(
        @DefaultValue("entra") Believed names,
        @DefaultValue("entra") Believed email,
        @DefaultValue("entra") Believed consent) {

    enum Believed {
        ENTRA,
        DATAVERSE
    }

    /** The groups of attributes for which the contact is believed: some of {@code names}, {@code email}, {@code consent}. */
    List<String> ofDataverse() {
        var groups = new ArrayList<String>();
        if (names == Believed.DATAVERSE) {
            groups.add("names");
        }
        if (email == Believed.DATAVERSE) {
            groups.add("email");
        }
        if (consent == Believed.DATAVERSE) {
            groups.add("consent");
        }
        return List.copyOf(groups);
    }
}
