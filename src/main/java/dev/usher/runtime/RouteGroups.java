package dev.usher.runtime;

import org.apache.camel.model.ModelLifecycleStrategySupport;
import org.apache.camel.model.RouteDefinition;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Gives every route the group of its folder, such as {@code destinations}, by which Hawtio sorts them. A group that stands in
 * the route's file is left alone.
 */
@Component
final class RouteGroups extends ModelLifecycleStrategySupport {

    private final String folder;

    RouteGroups(@Value("${usher.routes:routes}") String folder) {
        this.folder = folder.replace('\\', '/').replaceFirst("^\\./", "").replaceFirst("/$", "") + "/";
    }

    @Override
    public void onAddRouteDefinition(RouteDefinition route) {
        var file = route.getResource() == null
                ? ""
                : route.getResource().getLocation().replace('\\', '/');
        int from = file.lastIndexOf(folder);
        int begin = from + folder.length();
        int end = file.indexOf('/', begin);
        if (route.getGroup() == null && from >= 0 && end > begin) {
            route.setGroup(file.substring(begin, end));
        }
    }
}
