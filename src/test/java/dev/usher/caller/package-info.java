/** What one caller may cost. */
package dev.usher.caller;
