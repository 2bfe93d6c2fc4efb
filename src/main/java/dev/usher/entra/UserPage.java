package dev.usher.entra;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of the list of all users.
 *
 * @param users as {@link Directory#user} gives them; the list may lag behind recent changes
 * @param nextLink where the next page is; null after the last
 */
public record UserPage(List<ObjectNode> users, @Nullable String nextLink) {}
