package dev.usher.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import dev.usher.request.RequestProblem;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.jms.JmsException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Every error of the API as {@code application/problem+json}: {@code detail} says what is wrong, where, and what to do. What
 * nobody foresaw says only where to look; the log says the rest under the same reference.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</a>
 */
@RestControllerAdvice(annotations = RestController.class)
final class Problems {

    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
    private static final String CALLS = "what each call takes stands at /api/openapi.json";

    @ExceptionHandler
    ProblemDetail refused(RequestProblem problem) {
        return of(HttpStatus.valueOf(problem.kind().status()), problem.words());
    }

    @ExceptionHandler
    ProblemDetail unreadable(HttpMessageNotReadableException failure) {
        return of(HttpStatus.BAD_REQUEST, words(failure.getCause()));
    }

    private static String words(@Nullable Throwable cause) {
        if (cause instanceof UnrecognizedPropertyException unknown) {
            return "the body has a member \"" + unknown.getPropertyName() + "\" that means nothing here: send one of "
                    + unknown.getKnownPropertyIds();
        }
        if (cause instanceof JsonMappingException mapping) {
            return "the body does not fit at " + place(mapping) + ": " + CALLS;
        }
        if (cause instanceof JsonProcessingException json && json.getLocation() != null) {
            return "the body is no JSON, at line " + json.getLocation().getLineNr() + ", column "
                    + json.getLocation().getColumnNr() + ": correct it there";
        }
        return "the body is missing or cannot be read: send JSON; " + CALLS;
    }

    private static String place(JsonMappingException mapping) {
        var path = mapping.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                .collect(Collectors.joining("."));
        return path.isEmpty() ? "its beginning" : "\"" + path + "\"";
    }

    @ExceptionHandler
    ProblemDetail mistyped(MethodArgumentTypeMismatchException failure) {
        var type = failure.getRequiredType();
        return of(HttpStatus.BAD_REQUEST, failure.getName() + " is \"" + failure.getValue() + "\": send " + kind(type));
    }

    private static String kind(@Nullable Class<?> type) {
        if (type == null) {
            return "something else";
        }
        if (type.isEnum()) {
            return "one of " + Arrays.toString(type.getEnumConstants());
        }
        return Number.class.isAssignableFrom(type) || type.isPrimitive() && type != boolean.class
                ? "a number"
                : type == Boolean.class || type == boolean.class ? "true or false" : "a " + type.getSimpleName();
    }

    @ExceptionHandler
    ProblemDetail missing(MissingServletRequestParameterException failure) {
        return of(HttpStatus.BAD_REQUEST, failure.getParameterName() + " is missing: send it as a query parameter");
    }

    @ExceptionHandler({
        DataAccessResourceFailureException.class,
        TransientDataAccessException.class,
        CannotCreateTransactionException.class
    })
    ProblemDetail noDatabase(Exception failure) {
        LOG.warn("The API could not reach the database: {}", failure.getClass().getSimpleName());
        return of(
                HttpStatus.SERVICE_UNAVAILABLE,
                "the database does not answer, nothing was changed by this call: see that it runs, then call again");
    }

    @ExceptionHandler
    ProblemDetail noBroker(JmsException failure) {
        LOG.warn("The API could not reach the broker: {}", failure.getClass().getSimpleName());
        return of(
                HttpStatus.SERVICE_UNAVAILABLE,
                "the broker does not take messages now: see that it runs, then call again");
    }

    /** What Spring itself refuses keeps its status; anything else is a fault of ours. */
    @ExceptionHandler
    ProblemDetail other(Exception failure, HttpServletRequest request) {
        if (failure instanceof ErrorResponse answer && answer.getStatusCode().is4xxClientError()) {
            var detail = answer.getBody().getDetail();
            return of(
                    HttpStatus.valueOf(answer.getStatusCode().value()),
                    (detail == null ? "the call is refused" : detail) + " " + CALLS);
        }
        var reference = UUID.randomUUID().toString();
        LOG.error(
                "{} {} failed, reference {}",
                request.getMethod(),
                request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE),
                reference,
                failure);
        return of(
                HttpStatus.INTERNAL_SERVER_ERROR,
                "Usher could not do this, by a fault of its own: search its log for " + reference);
    }

    private static ProblemDetail of(HttpStatus status, String detail) {
        return ProblemDetail.forStatusAndDetail(status, detail);
    }
}
