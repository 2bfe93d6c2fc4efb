package dev.usher.check;

import java.util.List;

/** Looks at a whole project for one kind of fault. */
@FunctionalInterface
interface Check {

    /** Gathers every fault before it returns; an empty list means there is nothing to mend. */
    List<Finding> findings(Project project);
}
