package dev.covibe.coordination.graph;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;

/** A commit as people read it. */
@RegisterForReflection
public record CommitText(String sha, List<String> parents, String author, Instant at, String subject) {}
