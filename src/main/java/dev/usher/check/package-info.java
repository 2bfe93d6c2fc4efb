/**
 * What an integration team runs before it deploys: looks at the configuration, at every route and kamelet, and rehearses
 * the start. Plain classes that return findings; the command prints them, and the tests assert that there are none.
 */
@NullMarked
package dev.usher.check;

import org.jspecify.annotations.NullMarked;
