package dev.usher.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.usher.destination.Problem;
import dev.usher.doctor.Doctor;
import dev.usher.doctor.Sign;
import dev.usher.doctor.Sign.State;
import dev.usher.startup.Diagnosis;
import dev.usher.startup.Rehearsal;
import java.util.List;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.StandardEnvironment;
import picocli.CommandLine.Command;

/** {@code doctor}: tries every system that is switched on with the real credentials, reading only. */
@Command(
        name = "doctor",
        description = "Try every system with the real credentials, reading only. Works beside a running Usher.",
        mixinStandardHelpOptions = true)
final class DoctorCommand extends OfflineCommand {

    @Override
    public Integer call() {
        ConfigurableEnvironment environment = new StandardEnvironment();
        var progress = progress();
        progress.at("reading the configuration and making the routes that look");
        try {
            environment = Rehearsal.environment(arguments());
            try (var usher = Rehearsal.ofRoutes("examine-*.camel.yaml", arguments())) {
                return told(usher.bean(Doctor.class)
                        .examine(environment, waiting -> progress.at("waiting for " + String.join(", ", waiting))));
            }
        } catch (RuntimeException e) {
            return told(Diagnosis.of(e, environment).stream()
                    .map(DoctorCommand::sign)
                    .toList());
        }
    }

    private static Sign sign(Problem problem) {
        return new Sign(
                "configuration",
                State.BAD,
                problem.where() + ": " + problem.what(),
                problem.mend() + "; usher check tells all that is wrong with it");
    }

    private int told(List<Sign> signs) {
        var out = out();
        if (isJson()) {
            var mapper = new ObjectMapper();
            var answer = mapper.createObjectNode().put("good", worst(signs).compareTo(State.NOTE) <= 0);
            answer.set("signs", mapper.valueToTree(signs));
            out.println(answer.toPrettyString());
        } else {
            signs.forEach(out::println);
        }
        out.flush();
        return switch (worst(signs)) {
            case GOOD, NOTE -> ExitCode.GOOD;
            case UNREACHABLE -> ExitCode.UNREACHABLE;
            case BAD -> ExitCode.FOUND;
        };
    }

    private static State worst(List<Sign> signs) {
        return signs.stream().map(Sign::state).max(State::compareTo).orElse(State.NOTE);
    }
}
