/** The doors of Usher, tried from outside. */
package dev.usher.security;
