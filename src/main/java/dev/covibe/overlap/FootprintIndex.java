package dev.covibe.overlap;

import dev.covibe.platform.sql.Row;
import dev.covibe.platform.sql.Sql;
import dev.covibe.tenancy.Place;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Finds candidates: some postings of the draft's most telling terms, then the footprints that gained most by them. */
@ApplicationScoped
class FootprintIndex {

    /** Below this a candidate shares a stray word, and telling of it would only be noise. */
    private static final double LEAST_SCORE = 0.04;

    private static final String JUDGED = """
            select f.kind, f.subject_id, f.key, f.title, f.status, f.in_progress, f.closed_at, f.owner_id, d.handle,
                   f.paths, f.repository, f.branch, f.external_references, f.profile
            """;

    /**
     * The limit stands inside the lateral part, so that no term, however common, is read beyond it, and the index delivers
     * each term's postings in the order in which they are wanted.
     */
    private static final String FIND = "with " + AnsweredPairs.ANSWERED + """
            , hits as (
                select p.subject_id, sum(wanted.gain * p.impact) as gain
                  from unnest(?::int[], ?::float8[]) as wanted (term, gain)
                 cross join lateral (
                       select posting.subject_id, posting.impact
                         from overlap_postings posting
                        where posting.workspace_id = ? and posting.term = wanted.term
                        order by posting.impact desc, posting.subject_id desc
                        limit ?) p
                 group by p.subject_id
                 order by gain desc, p.subject_id desc
                 limit ?)
            """ + JUDGED + """
              from hits
              join overlap_footprints f on f.workspace_id = ? and f.subject_id = hits.subject_id
              left join developers d on d.id = f.owner_id
             where f.subject_id <> ? and (f.closed_at is null or f.closed_at >= ?)
               and f.subject_id not in (select id from answered)
            """;

    private static final String NAMED = "with " + AnsweredPairs.ANSWERED + JUDGED + """
              from overlap_footprints f
              left join developers d on d.id = f.owner_id
             where f.workspace_id = ? and f.subject_id = any(?) and f.subject_id not in (select id from answered)
            """;

    private final Sql sql;
    private final OverlapConfig config;
    private final Clock clock;

    FootprintIndex(Sql sql, OverlapConfig config, Clock clock) {
        this.sql = sql;
        this.config = config;
        this.clock = clock;
    }

    /** What looks like the draft, in no order. */
    List<Candidate> find(Place place, Asked asked) {
        Map<Integer, Double> wanted = asked.wanted();
        if (wanted.isEmpty()) {
            return List.of();
        }
        List<Object> parameters = answered(place, asked);
        parameters.addAll(List.of(
                wanted.keySet(),
                wanted.values(),
                place.workspaceId(),
                Query.POSTINGS_PER_TERM,
                Query.COMPARED,
                place.workspaceId(),
                asked.self(),
                oldest()));
        return sql.list(FIND, row -> candidate(row, asked), parameters.toArray()).stream()
                .filter(candidate -> candidate.score() >= LEAST_SCORE)
                .toList();
    }

    /** These pieces of work, whether they look like the draft or not. */
    List<Candidate> named(Place place, Asked asked, Collection<UUID> subjects) {
        if (subjects.isEmpty()) {
            return List.of();
        }
        List<Object> parameters = answered(place, asked);
        parameters.addAll(List.of(place.workspaceId(), subjects));
        return sql.list(NAMED, row -> candidate(row, asked), parameters.toArray());
    }

    private static List<Object> answered(Place place, Asked asked) {
        List<Object> parameters = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            parameters.add(place.workspaceId());
            parameters.add(asked.self());
        }
        return parameters;
    }

    /** Work that was finished before this is no candidate any more (OVL-1). */
    Instant oldest() {
        return clock.instant().minus(Duration.ofDays(config.recentDays()));
    }

    private static Candidate candidate(Row row, Asked asked) throws SQLException {
        Compared other = new Compared(
                new Weighed(Profile.decode(row.bytes("profile")), asked.statistics()),
                row.texts("paths"),
                row.optionalText("repository"),
                row.optionalText("branch"),
                row.texts("external_references"));
        Optional<UUID> owner = row.optionalUuid("owner_id");
        Optional<String> handle = row.optionalText("handle");
        Scoring.Standing standing = new Scoring.Standing(
                row.bool("in_progress"), row.optionalInstant("closed_at").isPresent(), owner, handle);
        Scoring.Verdict verdict = asked.judge(other, standing);
        return new Candidate(
                Subject.Kind.valueOf(row.text("kind")),
                row.uuid("subject_id"),
                row.text("key"),
                row.text("title"),
                row.text("status"),
                owner,
                handle,
                verdict.score(),
                verdict.escalates(),
                verdict.signals());
    }
}
