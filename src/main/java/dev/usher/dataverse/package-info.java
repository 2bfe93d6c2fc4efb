/** Dataverse as a source: the contacts that belong to users, its webhook and its change tracking. */
@NullMarked
package dev.usher.dataverse;

import org.jspecify.annotations.NullMarked;
