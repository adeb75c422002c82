package dev.covibe.insight.facts;

import dev.covibe.platform.sql.Row;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.sql.SQLException;

/**
 * Timed steps of sessions.
 *
 * @param errors those that failed
 * @param tools those that were calls of tools, of which {@code toolErrors} failed
 */
@RegisterForReflection
public record SpanFigures(long spans, long errors, long tools, long toolErrors, long durationMillis) {

    public static final SpanFigures NONE = new SpanFigures(0, 0, 0, 0, 0);

    static SpanFigures read(Row row) throws SQLException {
        return new SpanFigures(
                row.bigint("spans"),
                row.bigint("errors"),
                row.bigint("tools"),
                row.bigint("tool_errors"),
                row.bigint("duration_ms"));
    }
}
