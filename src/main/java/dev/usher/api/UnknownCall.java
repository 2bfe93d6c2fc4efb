package dev.usher.api;

import dev.usher.request.RequestProblem;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Whatever is called below {@code /api} and is not there: an answer as every other error of the API has. */
@Hidden
@RestController
final class UnknownCall {

    @RequestMapping("/api/**")
    void unknown(HttpServletRequest request) {
        throw RequestProblem.missing(
                "there is no " + request.getMethod() + " at this path: the calls are listed at /api/openapi.json");
    }
}
