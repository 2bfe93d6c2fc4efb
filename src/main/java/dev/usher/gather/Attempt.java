package dev.usher.gather;

import org.jspecify.annotations.Nullable;

/**
 * What became of one key of a batch: a value, or the exception its caller gets. The answer of a {@link Gather} where
 * single keys may fail.
 *
 * @param value null when it failed, or when null is the answer
 * @param failure null when it did not fail
 */
public record Attempt<V extends @Nullable Object>(
        @Nullable V value, @Nullable Exception failure) {

    /** A value; null only where V allows it. */
    public static <V extends @Nullable Object> Attempt<V> succeeded(@Nullable V value) {
        return new Attempt<>(value, null);
    }

    /** An exception for the caller of one key. */
    public static <V extends @Nullable Object> Attempt<V> failed(Exception failure) {
        return new Attempt<>(null, failure);
    }

    /**
     * The value, or the failure thrown as what it is: one of the two kinds named here, or an unchecked exception.
     *
     * @throws IllegalStateException around a failure of any other kind
     */
    @SuppressWarnings({"unchecked", "NullAway"}) // V itself says whether null is an answer
    public <A extends Exception, B extends Exception> V get(Class<A> one, Class<B> other) throws A, B {
        if (failure == null) {
            return (V) value;
        }
        if (one.isInstance(failure)) {
            throw one.cast(failure);
        }
        if (other.isInstance(failure)) {
            throw other.cast(failure);
        }
        if (failure instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        throw new IllegalStateException(failure);
    }
}
