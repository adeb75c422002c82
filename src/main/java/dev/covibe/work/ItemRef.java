package dev.covibe.work;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;

/** A task or workstream as another one mentions it. */
@RegisterForReflection
public record ItemRef(UUID id, String key, String title, String status) {}
