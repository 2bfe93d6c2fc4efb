/** Every mistake is made by really starting the application. */
@org.jspecify.annotations.NullMarked
package dev.usher.startup;
