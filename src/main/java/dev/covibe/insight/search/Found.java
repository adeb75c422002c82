package dev.covibe.insight.search;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a search found.
 *
 * @param query what was looked for
 * @param groups tasks, workstreams, decisions, sessions and people, in this order, those with hits alone
 */
@RegisterForReflection
public record Found(String query, List<Group> groups) {

    /**
     * @param kind {@code tasks}, {@code workstreams}, {@code decisions}, {@code sessions} or {@code people}
     * @param hits the best first
     * @param more whether there were more than these
     */
    @RegisterForReflection
    public record Group(String kind, List<Hit> hits, boolean more) {}

    /**
     * @param key what people call it: {@code WEB-12}, {@code @lin}; of a session its agent
     * @param title in words
     * @param note what else tells it apart: a status, a branch, a choice
     * @param who whose it is: a handle
     * @param url its page
     * @param at when it changed last
     */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Hit(String key, String title, String note, Optional<String> who, String url, Optional<Instant> at) {}

    public int count() {
        return groups.stream().mapToInt(group -> group.hits().size()).sum();
    }
}
