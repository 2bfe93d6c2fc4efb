@org.jspecify.annotations.NullMarked
package dev.usher.broker;
