/** The console as its readers see it: in a real browser. */
package dev.usher.console;
