package dev.covibe.insight.performance;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/** What a lead should know of a developer, or of the team (INS-2): from rules and numbers, the same for the same data. */
@RegisterForReflection
public record Brief(List<Remark> wins, List<Remark> risks, List<Remark> actions) {}
