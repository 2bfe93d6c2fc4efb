/** What the administrator hears, and what not. */
@org.jspecify.annotations.NullMarked
package dev.usher.alert;
