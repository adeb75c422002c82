package dev.covibe.coordination.graph;

import java.time.Instant;
import java.util.List;

/** A commit as far as the shape of the tree needs it. */
public record Commit(String sha, List<String> parents, Instant at) {}
