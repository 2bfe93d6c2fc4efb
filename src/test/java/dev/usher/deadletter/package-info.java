/** Dead letters on every database. */
package dev.usher.deadletter;
