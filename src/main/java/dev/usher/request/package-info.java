/** What the console, the API and commands ask of a service, and how a service says no. */
@NullMarked
package dev.usher.request;

import org.jspecify.annotations.NullMarked;
