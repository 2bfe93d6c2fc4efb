package dev.usher.api;

import dev.usher.doctor.Doctor;
import dev.usher.doctor.Sign;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.core.env.Environment;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Doctor", description = "Whether every system lets Usher do its work.")
@RestController
@RequestMapping("/api/doctor")
final class DoctorApi {

    private final Doctor doctor;
    private final Environment environment;

    DoctorApi(Doctor doctor, Environment environment) {
        this.doctor = doctor;
        this.environment = environment;
    }

    /** @param items one for each thing that was tried */
    record Signs(List<Sign> items) {}

    @Operation(summary = "Try every system with the real credentials, reading only; takes up to half a minute")
    @GetMapping
    Signs examine() {
        return new Signs(doctor.examine(environment));
    }
}
