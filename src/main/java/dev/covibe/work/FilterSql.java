package dev.covibe.work;

import dev.covibe.identity.Caller;
import dev.covibe.platform.web.Cursor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A task filter as SQL over {@code t} alone, so that a page of tasks is found before anything is joined to it.
 *
 * <p>Statuses are written into the text and not bound: the planner then knows how many tasks it will meet and keeps the
 * plan, where it would otherwise plan every list anew, which costs more than reading it.
 */
final class FilterSql {

    /** A text that finds more tasks than this shows the last changed of them. */
    private static final int MOST_FOUND = 2_000;

    private final StringBuilder condition = new StringBuilder(" where t.workspace_id = ?");
    private final List<Object> parameters = new ArrayList<>();
    private final Set<TaskStatus> statuses;
    private final boolean sliced;

    private FilterSql(Caller caller, Set<TaskStatus> statuses, boolean sliced) {
        this.statuses = statuses;
        this.sliced = sliced;
        parameters.add(caller.workspaceId());
    }

    static FilterSql of(Caller caller, TaskFilter filter) {
        boolean searches = filter.text().isPresent() || filter.blocked();
        FilterSql where = new FilterSql(caller, statuses(filter), !searches);
        filter.project()
                .ifPresent(key -> where.and(
                        "t.project_id = (select p.id from projects p where p.workspace_id = t.workspace_id and p.key = ?)",
                        key.strip().toUpperCase(Locale.ROOT)));
        filter.owner().ifPresent(owner -> where.owner(caller, owner));
        filter.workstream().ifPresent(where::workstream);
        filter.label().ifPresent(label -> where.and("? = any(t.labels)", label));
        filter.path().ifPresent(where::path);
        filter.text().ifPresent(where::text);
        if (filter.ready()) {
            where.and("t.owner_id is null and not " + WorkQueries.OPEN_DEPENDENCY);
        }
        if (filter.blocked()) {
            where.and(WorkQueries.OPEN_DEPENDENCY);
        }
        return where;
    }

    private static Set<TaskStatus> statuses(TaskFilter filter) {
        Set<TaskStatus> statuses =
                filter.statuses().isEmpty() ? EnumSet.allOf(TaskStatus.class) : EnumSet.copyOf(filter.statuses());
        if (filter.ready()) {
            statuses.retainAll(Set.of(TaskStatus.PLANNED));
        }
        if (filter.blocked()) {
            statuses.removeIf(status -> !status.isOpen());
        }
        return statuses;
    }

    private void owner(Caller caller, String owner) {
        switch (owner) {
            case "me" -> and("t.owner_id = ?", caller.developerId());
            case "nobody" -> and("t.owner_id is null");
            default ->
                and(
                        "t.owner_id = (select o.id from developers o where o.tenant_id = ? and o.handle = ?)",
                        caller.place().tenantId(),
                        owner.strip().toLowerCase(Locale.ROOT).replaceFirst("^@", ""));
        }
    }

    private void workstream(String key) {
        Optional<ItemKey> item = ItemKey.of(key).filter(ItemKey::isWorkstream);
        and(
                "t.workstream_id = (select s.id from workstreams s where s.workspace_id = t.workspace_id and s.number = ?)",
                item.map(ItemKey::number).orElse(0));
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
            and(
                    "t.project_id = (select p.id from projects p where p.workspace_id = t.workspace_id and p.key = ?)"
                            + " and t.number = ?",
                    key.get().prefix(),
                    key.get().number());
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

    /** The condition, of all statuses at once. */
    String condition() {
        return condition + " and " + of(statuses);
    }

    Object[] parameters() {
        return parameters.toArray();
    }

    /** A statement and what to bind to it. */
    record Query(String sql, Object[] parameters) {}

    /**
     * The tasks that changed last, behind a position, each row with the {@code total} of all that match, counted up to
     * {@code mostCounted}. Read status by status along the index and then merged, which costs the same however many tasks
     * there are; where a search finds few, its finds are counted and sorted instead.
     */
    Query page(Optional<Cursor> from, int limit, int mostCounted) {
        String behind = from.isPresent() ? " and (t.updated_at, t.id) < (?, ?)" : "";
        List<Object> position = from.<List<Object>>map(cursor -> List.of(cursor.at(), cursor.id()))
                .orElse(List.of());
        String order = " order by t.updated_at desc, t.id desc limit " + limit;
        List<Object> bound = new ArrayList<>(parameters);
        if (!sliced) {
            bound.addAll(position);
            return new Query(
                    "select t.* from (select t.*, least(count(*) over (), " + mostCounted + ") as total from tasks t"
                            + condition() + ") t where true" + behind + order,
                    bound.toArray());
        }
        // A filter that lets no status through still is one slice, of nothing.
        List<Set<TaskStatus>> slices = statuses.isEmpty()
                ? List.of(Set.of())
                : statuses.stream().map(Set::of).toList();
        String merged = slices.stream()
                .map(slice -> "(select t.* from tasks t" + condition + " and " + of(slice) + behind + order + ")")
                .collect(Collectors.joining(" union all "));
        slices.forEach(_ -> {
            bound.addAll(parameters);
            bound.addAll(position);
        });
        return new Query(
                "select t.*, " + count(mostCounted) + " as total from (" + merged + ") t" + order, bound.toArray());
    }

    /** How many match, counted up to {@code most}. */
    String count(int most) {
        return "(select count(*) from (select 1 from tasks t" + condition() + " limit " + most + ") found)";
    }

    private static String of(Set<TaskStatus> statuses) {
        return statuses.isEmpty()
                ? "false"
                : statuses.stream()
                        .map(status -> "'" + status.key() + "'")
                        .collect(Collectors.joining(", ", "t.status in (", ")"));
    }
}
