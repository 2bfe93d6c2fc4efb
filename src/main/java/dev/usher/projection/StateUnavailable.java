package dev.usher.projection;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Usher's own database did not read or write what it remembers: no answer of a vendor, and no fault of the message, which
 * goes back to the broker as it came.
 */
public final class StateUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private StateUnavailable(RuntimeException cause) {
        super("Usher's own database did not do its work", cause);
    }

    /**
     * Does the work in Usher's own database.
     *
     * @throws StateUnavailable when the database, or the way to it, fails
     */
    public static <T extends @Nullable Object> T guard(Supplier<T> work) {
        try {
            return work.get();
        } catch (DataAccessException | TransactionException e) {
            throw new StateUnavailable(e);
        }
    }

    /** The one that this failure is or comes from; null when another thing failed. */
    public static @Nullable StateUnavailable in(@Nullable Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof StateUnavailable found) {
                return found;
            }
        }
        return null;
    }
}
