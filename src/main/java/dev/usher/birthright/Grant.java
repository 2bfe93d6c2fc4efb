package dev.usher.birthright;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * One thing that a user may hold: the membership of a group, or a role of an application.
 *
 * @param target object id of the group, or of the application's service principal
 * @param role id of the app role, all zeros for the application's default access; empty for a group
 */
record Grant(Kind kind, String target, String role) implements Comparable<Grant> {

    /** The role that stands for access without a role. */
    static final String DEFAULT_ROLE = "00000000-0000-0000-0000-000000000000";

    private static final Comparator<Grant> ORDER =
            Comparator.comparing(Grant::kind).thenComparing(Grant::target).thenComparing(Grant::role);

    enum Kind {
        GROUP("group"),
        APP_ROLE("app-role");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** The word as it is stored. */
        String word() {
            return word;
        }

        static Kind of(String word) {
            return List.of(values()).stream()
                    .filter(kind -> kind.word.equals(word))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("no kind of grant is called " + word));
        }
    }

    static Grant group(String id) {
        return new Grant(Kind.GROUP, id.toLowerCase(Locale.ROOT), "");
    }

    static Grant appRole(String app, String role) {
        return new Grant(Kind.APP_ROLE, app.toLowerCase(Locale.ROOT), role.toLowerCase(Locale.ROOT));
    }

    /** @throws IllegalArgumentException when it is not what {@link #toString} gives */
    static Grant of(String text) {
        var parts = text.split(" ");
        return new Grant(Kind.of(parts[0]), parts[1], parts.length > 2 ? parts[2] : "");
    }

    @Override
    public int compareTo(Grant other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return role.isEmpty() ? kind.word() + " " + target : kind.word() + " " + target + " " + role;
    }
}
