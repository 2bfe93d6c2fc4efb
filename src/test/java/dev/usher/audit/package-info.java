/** What is done by hand, and who is told of it. */
package dev.usher.audit;
