package dev.covibe.work;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Optional;

/**
 * One page of tasks.
 *
 * @param total how many match in all, counted up to {@link #MOST_COUNTED}
 * @param cursor send it back for the next page; absent on the last one
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record TaskList(List<TaskRow> items, long total, Optional<String> cursor) {

    /** Beyond this a count would cost more than it tells (PLT-8). */
    public static final int MOST_COUNTED = 10_000;
}
