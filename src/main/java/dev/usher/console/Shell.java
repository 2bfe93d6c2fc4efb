package dev.usher.console;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** What {@code layout.html} needs to know on every page, also on the one that tells an error. */
@ControllerAdvice(annotations = Controller.class)
final class Shell {

    private final String version;
    private final boolean sandbox;

    Shell(@Value("${spring.application.version:in development}") String version, Environment environment) {
        this.version = version;
        this.sandbox = environment.acceptsProfiles(Profiles.of("sandbox"));
    }

    /**
     * @param path of this page, which the navigation marks
     * @param user who is signed in; null when nobody is
     * @param operator whether whoever looks may also change something
     * @param sandbox whether the other systems are simulators
     */
    record Page(String path, String version, @Nullable String user, boolean operator, boolean sandbox) {

        /** Whether this is the page, or one below it. */
        public boolean isAt(String other) {
            return path.equals(other) || !other.equals("/") && path.startsWith(other + "/");
        }
    }

    @ModelAttribute("shell")
    Page page(HttpServletRequest request) {
        var user = request.getRemoteUser();
        boolean operator = user == null || request.isUserInRole("OPERATOR");
        return new Page(request.getRequestURI(), version, user, operator, sandbox);
    }

    @ModelAttribute("moments")
    Moments moments() {
        return new Moments();
    }
}
