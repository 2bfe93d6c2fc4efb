/** What is forgotten, on every database. */
package dev.usher.retention;
