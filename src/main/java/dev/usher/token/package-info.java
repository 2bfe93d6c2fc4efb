/** Access tokens of Microsoft Entra, for every call to Graph and Dataverse: one token, used by many, renewed in time. */
@NullMarked
package dev.usher.token;

import org.jspecify.annotations.NullMarked;
