package dev.covibe.platform.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.covibe.platform.problem.Refusal;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One page of a list.
 *
 * @param items at most {@link #MOST} rows
 * @param cursor send it back for the next page; absent on the last one
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Page<T>(List<T> items, Optional<String> cursor) {

    /** The most rows that any list gives at once (PLT-8). */
    public static final int MOST = 200;

    /** Makes a page of rows that were read with one more than {@code limit}, which tells whether there is a next page. */
    public static <T> Page<T> of(List<T> oneMore, int limit, Function<T, Cursor> position) {
        if (oneMore.size() <= limit) {
            return new Page<>(oneMore, Optional.empty());
        }
        List<T> items = List.copyOf(oneMore.subList(0, limit));
        return new Page<>(items, Optional.of(position.apply(items.getLast()).text()));
    }

    public <R> Page<R> map(Function<T, R> change) {
        return new Page<>(items.stream().map(change).toList(), cursor);
    }

    /** A limit as callers may give it: 1 to {@link #MOST}. */
    public static int limit(Optional<Integer> asked, int otherwise) {
        int limit = asked.orElse(otherwise);
        if (limit < 1 || limit > MOST) {
            throw Refusal.invalidField("limit", "The limit must lie between 1 and " + MOST + ".");
        }
        return limit;
    }
}
