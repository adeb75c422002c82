package dev.covibe.work;

import dev.covibe.identity.Caller;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** A task filter as the condition of a query over {@code t}, {@code p}, {@code o} and {@code s}. */
final class FilterSql {

    /** A text that finds more tasks than this shows the last changed of them. */
    private static final int MOST_FOUND = 2_000;

    private final StringBuilder condition = new StringBuilder(" where t.workspace_id = ?");
    private final List<Object> parameters = new ArrayList<>();

    private FilterSql(Caller caller) {
        parameters.add(caller.workspaceId());
    }

    static FilterSql of(Caller caller, TaskFilter filter) {
        FilterSql where = new FilterSql(caller);
        if (!filter.statuses().isEmpty()) {
            where.and(
                    "t.status = any(?)",
                    filter.statuses().stream().map(TaskStatus::key).toList());
        }
        filter.project().ifPresent(key -> where.and("p.key = ?", key.strip().toUpperCase(Locale.ROOT)));
        filter.owner().ifPresent(owner -> where.owner(caller, owner));
        filter.workstream().ifPresent(where::workstream);
        filter.label().ifPresent(label -> where.and("? = any(t.labels)", label));
        filter.path().ifPresent(where::path);
        filter.text().ifPresent(where::text);
        if (filter.ready()) {
            where.and("t.status = 'planned' and t.owner_id is null and not " + WorkQueries.OPEN_DEPENDENCY);
        }
        if (filter.blocked()) {
            where.and("t.status not in ('done', 'cancelled') and " + WorkQueries.OPEN_DEPENDENCY);
        }
        return where;
    }

    private void owner(Caller caller, String owner) {
        switch (owner) {
            case "me" -> and("t.owner_id = ?", caller.developerId());
            case "nobody" -> and("t.owner_id is null");
            default ->
                and("o.handle = ?", owner.strip().toLowerCase(Locale.ROOT).replaceFirst("^@", ""));
        }
    }

    private void workstream(String key) {
        Optional<ItemKey> item = ItemKey.of(key).filter(ItemKey::isWorkstream);
        and("s.number = ?", item.map(ItemKey::number).orElse(0));
    }

    /** A glob's stars stand for anything here, so that a file finds the tasks that will touch it. */
    private void path(String path) {
        and(
                "exists (select from unnest(t.paths) as glob"
                        + " where ? like replace(replace(replace(replace(glob, '\\', '\\\\'), '%', '\\%'), '_', '\\_'), '*', '%'))",
                path.strip());
    }

    private void text(String text) {
        Optional<ItemKey> key = ItemKey.of(text).filter(item -> !item.isWorkstream());
        if (key.isPresent()) {
            and("p.key = ? and t.number = ?", key.get().prefix(), key.get().number());
            return;
        }
        String query = Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+"))
                .filter(word -> !word.isEmpty())
                .limit(12)
                .map(word -> word + ":*")
                .collect(Collectors.joining(" & "));
        if (query.isEmpty()) {
            and("false");
        } else {
            and("t.id in (select find_tasks(?, " + MOST_FOUND + "))", query);
        }
    }

    void and(String more, Object... values) {
        condition.append(" and ").append(more);
        parameters.addAll(List.of(values));
    }

    String condition() {
        return condition.toString();
    }

    Object[] parameters() {
        return parameters.toArray();
    }
}
