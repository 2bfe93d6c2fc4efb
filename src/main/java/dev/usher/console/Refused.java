package dev.usher.console;

import dev.usher.request.RequestProblem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.servlet.ModelAndView;

/** A service said no to what a page asked: its words are shown, with the way back. */
@ControllerAdvice(basePackageClasses = Refused.class)
final class Refused {

    private final Shell shell;

    Refused(Shell shell) {
        this.shell = shell;
    }

    @ExceptionHandler
    ModelAndView refused(RequestProblem problem, HttpServletRequest request, HttpServletResponse response) {
        response.setStatus(problem.kind().status());
        return new ModelAndView("refused", Map.of("words", problem.words(), "shell", shell.page(request)));
    }
}
