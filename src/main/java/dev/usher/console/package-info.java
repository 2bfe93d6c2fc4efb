/** The web pages: they show what the features know, and hand to them what somebody asks for. No page holds logic of its own. */
@NullMarked
package dev.usher.console;

import org.jspecify.annotations.NullMarked;
