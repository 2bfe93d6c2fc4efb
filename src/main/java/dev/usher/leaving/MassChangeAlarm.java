package dev.usher.leaving;

import dev.usher.alert.Alarm;
import dev.usher.alert.Sighting;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Raised while events of users who left are held and an operator must decide. */
@Component
final class MassChangeAlarm implements Alarm {

    private final MassChanges massChanges;
    private final String address;

    MassChangeAlarm(MassChanges massChanges, @Value("${management.server.port:8081}") int port) {
        this.massChanges = massChanges;
        this.address = "http://127.0.0.1:" + port + "/actuator/masschange";
    }

    @Override
    public String name() {
        return "mass-change";
    }

    @Override
    public Sighting look() {
        var report = massChanges.report();
        var last = report.last();
        if (last == null || !report.state().equals("holding")) {
            return new Sighting(
                    false,
                    List.of(),
                    "Usher: all clear, no mass change is held",
                    last == null
                            ? "Nothing is held.\n"
                            : "Mass change " + last.number() + " was " + last.state() + " at " + last.decidedAt()
                                    + ". Nothing is to be done.\n");
        }
        var news = massChanges.latest().told() ? List.<String>of() : List.of(String.valueOf(last.number()));
        return new Sighting(
                true,
                news,
                "Usher: " + last.departures() + " of " + last.users() + " users left at once, the rest is held",
                text(report, last));
    }

    private String text(Report report, Report.Last last) {
        return "Since " + last.since()
                + " more users are disabled or deleted than "
                + report.mayLeave() + " within " + report.window().toMinutes() + " min: " + last.departures() + " of "
                + last.users() + " users, and so far " + last.held() + " of them are held. Those before them have left"
                + " everywhere. For those that are held no system was told, and nothing is lost; sign-ups and other"
                + " changes go on.\n\n"
                + "What to do: find out whether this was meant. On the machine of Usher " + address + " shows the"
                + " state. If it was meant, release it, and they leave everywhere:\n\n"
                + command("release")
                + "\nIf it was not, restore the users in the directory first, then discard what is held:\n\n"
                + command("discard");
    }

    private String command(String decision) {
        return "curl -X POST " + address + " -H 'Content-Type: application/json' -d '{\"decision\":\"" + decision
                + "\",\"by\":\"your name\"}'\n";
    }

    @Override
    public void noted(Sighting sighting) {
        sighting.news().forEach(number -> massChanges.told(Long.parseLong(number)));
    }
}
