package dev.covibe.insight.facts;

import dev.covibe.platform.sql.Row;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/**
 * Tasks that were done.
 *
 * @param cycleSeconds from the start of work on each, or else from its plan, to its end, added up
 */
@RegisterForReflection
public record CompletionFigures(long tasks, long cycleSeconds) {

    public static final CompletionFigures NONE = new CompletionFigures(0, 0);

    static CompletionFigures read(Row row) throws SQLException {
        return new CompletionFigures(row.bigint("tasks"), row.bigint("cycle_seconds"));
    }

    /** The mean time from the start of work to its end. */
    public Optional<Duration> cycle() {
        return tasks == 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(cycleSeconds / tasks));
    }
}
