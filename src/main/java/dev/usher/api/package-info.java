/**
 * The REST API below {@code /api}: thin controllers over the services. JSON with times in ISO 8601 UTC, pages by
 * {@code ?before=} and {@code limit}, errors as RFC 9457 {@code application/problem+json}; described at
 * {@code /api/openapi.json}.
 */
@NullMarked
package dev.usher.api;

import org.jspecify.annotations.NullMarked;
