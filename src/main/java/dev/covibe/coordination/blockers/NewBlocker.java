package dev.covibe.coordination.blockers;

import java.util.Optional;

/**
 * What holds somebody up.
 *
 * @param task key or id
 * @param text what is wanted; 1 to 20,000 characters, Markdown
 * @param needs handle of the person whom it needs; empty: anybody
 */
public record NewBlocker(String task, BlockerKind kind, String text, Optional<String> needs) {}
