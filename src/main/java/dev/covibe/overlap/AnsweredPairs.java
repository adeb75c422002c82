package dev.covibe.overlap;

import dev.covibe.platform.sql.Sql;
import dev.covibe.tenancy.Place;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** The pairs of which somebody has said what they are: by an answer, or by planning in spite of it. */
@ApplicationScoped
class AnsweredPairs {

    /** A common table of what needs not be held against a subject any more; takes the workspace and it, four times. */
    static final String ANSWERED = """
            answered (id) as materialized (
                select other_id from overlap_answers where workspace_id = ? and one_id = ?
                union all
                select one_id from overlap_answers where workspace_id = ? and other_id = ?
                union all
                select candidate_id from overlap_confirmations where workspace_id = ? and subject_id = ?
                union all
                select subject_id from overlap_confirmations where workspace_id = ? and candidate_id = ?)
            """;

    private final Sql sql;

    AnsweredPairs(Sql sql) {
        this.sql = sql;
    }

    /** Two pieces of work, in either order. */
    record Pair(UUID one, UUID other) {}

    /** What was answered of any of these subjects. */
    Set<UUID> with(Place place, Collection<UUID> subjects) {
        Set<UUID> all = new HashSet<>();
        for (UUID subject : subjects) {
            UUID workspace = place.workspaceId();
            all.addAll(sql.list(
                    "with " + ANSWERED + " select id from answered",
                    row -> row.uuid("id"),
                    workspace,
                    subject,
                    workspace,
                    subject,
                    workspace,
                    subject,
                    workspace,
                    subject));
        }
        return all;
    }

    /** Those of the pairs that have been answered. */
    Set<Pair> among(Place place, List<Pair> pairs) {
        if (pairs.isEmpty()) {
            return Set.of();
        }
        return new HashSet<>(sql.list(
                """
                select p.one, p.other
                  from unnest(?::uuid[], ?::uuid[]) as p (one, other)
                 where exists (select from overlap_answers a
                                where a.workspace_id = ? and a.one_id = least(p.one, p.other)
                                  and a.other_id = greatest(p.one, p.other))
                    or exists (select from overlap_confirmations c
                                where c.workspace_id = ? and c.subject_id = p.one and c.candidate_id = p.other)
                    or exists (select from overlap_confirmations c
                                where c.workspace_id = ? and c.subject_id = p.other and c.candidate_id = p.one)
                """,
                row -> new Pair(row.uuid("one"), row.uuid("other")),
                pairs.stream().map(Pair::one).toList(),
                pairs.stream().map(Pair::other).toList(),
                place.workspaceId(),
                place.workspaceId(),
                place.workspaceId()));
    }
}
