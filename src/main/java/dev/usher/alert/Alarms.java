package dev.usher.alert;

import java.util.List;

/** Alarms of one kind for several things, such as one for each destination; each is raised and ends by itself. */
public interface Alarms {

    /**
     * One for each thing that is watched now. A raised alarm that is no longer among them ends.
     *
     * @throws RuntimeException when that cannot be told at the moment; everything stays as it is
     */
    List<Alarm> each();
}
