/** Who may do what: users, sign-in, sessions and roles, for the console, the API and the management port. */
@NullMarked
package dev.usher.security;

import org.jspecify.annotations.NullMarked;
