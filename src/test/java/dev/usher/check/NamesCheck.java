package dev.usher.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** No file speaks of one machine or of one package registry. */
final class NamesCheck {

    private static final Map<Pattern, String> REFUSED = new LinkedHashMap<>();

    static {
        REFUSED.put(
                Pattern.compile("(?<![\\w./:~$}-])/(work|root|tmp|home/\\w+|Users/\\w+)(/|\\b(?![-.\\w]))"),
                "write a path from the project's root, or ask the system for a temporary folder");
        REFUSED.put(Pattern.compile("\\b[A-Z]:\\\\Users\\\\"), "write a path from the project's root");
        REFUSED.put(
                Pattern.compile("\\brepo1?[.]maven[.](apache[.])?org\\b|\\bregistry[.]npmjs[.]org\\b|\\bpypi[.]org\\b|"
                        + "\\b[\\w-]+[.]jfrog[.]io\\b|/artifactory[/]|/api/npm[/]|\\bnexus[.][\\w-]+[.]\\w+"),
                "leave registries to the settings of Maven and npm");
    }

    /** @param files what is to be searched: text by path */
    List<Finding> findings(Map<String, String> files) {
        var findings = new ArrayList<Finding>();
        files.forEach((file, text) -> {
            List<String> lines = text.lines().toList();
            for (int i = 0; i < lines.size(); i++) {
                int number = i + 1;
                String line = lines.get(i);
                REFUSED.forEach((pattern, mend) -> {
                    Matcher matcher = pattern.matcher(line);
                    if (matcher.find()) {
                        findings.add(new Finding(file, number, "'" + matcher.group() + "' stands here", mend));
                    }
                });
            }
        });
        return findings;
    }
}
