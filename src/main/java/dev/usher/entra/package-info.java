/**
 * The directory: reading users and the audit log through Microsoft Graph, and the poll that turns audit records into
 * identity events. Only this package knows the Graph SDK.
 */
@NullMarked
package dev.usher.entra;

import org.jspecify.annotations.NullMarked;
