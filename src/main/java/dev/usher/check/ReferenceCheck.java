package dev.usher.check;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Every jq and SQL file that a route names exists. */
final class ReferenceCheck implements Check {

    private static final Pattern REFERENCE = Pattern.compile("[^\\s'\"(),=?&]+\\.(jq|sql)\\b");
    private static final Pattern LEADING_FOLDER = Pattern.compile("^\\{\\{[^{}]+}}/?");

    private static final Pattern OTHER_ADDRESS = Pattern.compile("^(?!file:)[a-z][a-z0-9-]+:");

    @Override
    public List<Finding> findings(Project project) {
        var findings = new ArrayList<Finding>();
        for (Unit unit : Unit.in(project)) {
            unit.body().values().forEach(value -> {
                Matcher matcher = REFERENCE.matcher(value.text());
                while (matcher.find()) {
                    if (!exists(project, unit, matcher.group())) {
                        findings.add(unit.finding(
                                value.line(),
                                "no file " + matcher.group(),
                                "correct the path (from the working directory), or add the file"));
                    }
                }
            });
        }
        return findings;
    }

    private static boolean exists(Project project, Unit unit, String reference) {
        String path = reference.replaceFirst("^(language:)?(jq:|sql:)?(resource:)?", "");
        if (path.startsWith("classpath:")) {
            return ReferenceCheck.class.getResource("/" + path.substring("classpath:".length())) != null;
        }
        if (OTHER_ADDRESS.matcher(path).find()) {
            return true; // a queue's name may end so too
        }
        path = LEADING_FOLDER.matcher(path.replaceFirst("^file:(//)?", "")).replaceFirst("routes/");
        if (path.contains("{{") || path.contains("${")) {
            return true; // which file it is, is only known at run time
        }
        String found = path;
        return project.files().contains(found)
                || project.files().contains(unit.file().folder() + "/" + found);
    }
}
