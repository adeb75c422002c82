package dev.covibe.overlap;

import dev.covibe.platform.sql.Sql;
import dev.covibe.tenancy.Place;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** Keeps footprints and their postings in step. */
@ApplicationScoped
class FootprintStore {

    /** A few at a time: whoever writes clears away a little of what is past, so nobody has to sweep. */
    private static final int RETIRED_AT_ONCE = 10;

    private static final byte[] NOTHING = {};

    private static final String PUT = """
            insert into overlap_footprints (workspace_id, subject_id, kind, key, title, status, in_progress, closed_at,
                   owner_id, paths, repository, branch, external_references, profile, posted, recorded_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (workspace_id, subject_id) do update
               set kind = excluded.kind, key = excluded.key, title = excluded.title, status = excluded.status,
                   in_progress = excluded.in_progress, closed_at = excluded.closed_at, owner_id = excluded.owner_id,
                   paths = excluded.paths, repository = excluded.repository, branch = excluded.branch,
                   external_references = excluded.external_references, profile = excluded.profile,
                   posted = excluded.posted
            """;

    private final Sql sql;
    private final Postings postings;
    private final Rarity rarity;
    private final FootprintIndex index;
    private final Clock clock;

    FootprintStore(Sql sql, Postings postings, Rarity rarity, FootprintIndex index, Clock clock) {
        this.sql = sql;
        this.postings = postings;
        this.rarity = rarity;
        this.index = index;
        this.clock = clock;
    }

    /** What is kept of a footprint that decides where it is posted. */
    private record Kept(byte[] profile, byte[] posted, List<String> marks) {

        static List<String> marks(
                List<String> paths, Optional<String> repository, Optional<String> branch, List<String> references) {
            List<String> marks = new ArrayList<>(paths);
            marks.add(repository.orElse(""));
            marks.add(branch.orElse(""));
            marks.addAll(references);
            return marks;
        }
    }

    /** Records one footprint; when only its standing has changed, the index is left alone. */
    void put(Place place, Footprint footprint) {
        Reading reading = Reading.of(footprint.title(), footprint.description());
        Optional<Kept> kept = kept(place, footprint.subject().id());
        Statistics statistics = kept.isPresent() ? rarity.of(place) : rarity.renewed(place, List.of(reading.profile()));
        Asked asked = Asked.of(footprint, reading, footprint.owner(), statistics);
        boolean past = footprint.closedAt().filter(index.oldest()::isAfter).isPresent();
        byte[] posted = past ? NOTHING : Postings.encode(asked.posted());
        byte[] before = kept.map(Kept::posted).orElse(NOTHING);
        if (kept.isPresent() && !past && before.length > 0 && saysTheSame(kept.get(), asked)) {
            posted = before;
        }
        if (!Arrays.equals(posted, before)) {
            UUID id = footprint.subject().id();
            postings.remove(place, Map.of(id, Postings.decode(before)));
            postings.add(place, Map.of(id, Postings.decode(posted)));
        }
        sql.update(PUT, row(place, footprint, asked, posted, clock.instant()));
        retire(place);
    }

    /** Records many that were not there before. */
    void putAll(Place place, List<Footprint> footprints) {
        Map<UUID, Footprint> all = new TreeMap<>();
        footprints.forEach(footprint -> all.put(footprint.subject().id(), footprint));
        List<Reading> readings = all.values().stream()
                .map(footprint -> Reading.of(footprint.title(), footprint.description()))
                .toList();
        Statistics statistics =
                rarity.renewed(place, readings.stream().map(Reading::profile).toList());
        Instant now = clock.instant();
        List<Object[]> rows = new ArrayList<>();
        Map<UUID, Map<Integer, Integer>> posted = new TreeMap<>();
        int at = 0;
        for (Footprint footprint : all.values()) {
            Asked asked = Asked.of(footprint, readings.get(at++), footprint.owner(), statistics);
            boolean past = footprint.closedAt().filter(index.oldest()::isAfter).isPresent();
            Map<Integer, Integer> terms = past ? Map.of() : asked.posted();
            posted.put(footprint.subject().id(), terms);
            rows.add(row(place, footprint, asked, Postings.encode(terms), now));
        }
        sql.batch(PUT, rows);
        postings.add(place, posted);
    }

    void remove(Place place, UUID subject) {
        kept(place, subject).ifPresent(kept -> {
            postings.remove(place, Map.of(subject, Postings.decode(kept.posted())));
            sql.update(
                    "delete from overlap_footprints where workspace_id = ? and subject_id = ?",
                    place.workspaceId(),
                    subject);
        });
    }

    void remember(Place place, UUID subject, UUID planner, List<Candidate> confirmed, String reason) {
        Instant now = clock.instant();
        sql.batch(
                """
                insert into overlap_confirmations
                       (workspace_id, subject_id, candidate_id, confirmed_by, confirmed_at, score, reason)
                values (?, ?, ?, ?, ?, ?, ?)
                on conflict (workspace_id, subject_id, candidate_id) do nothing
                """,
                confirmed.stream()
                        // A claim passes, and is no piece of work that anything could be held against later.
                        .filter(one -> one.kind() != Subject.Kind.CLAIM)
                        .map(one ->
                                new Object[] {place.workspaceId(), subject, one.id(), planner, now, one.score(), reason
                                })
                        .toList());
    }

    private Optional<Kept> kept(Place place, UUID subject) {
        return sql.first(
                """
                select profile, posted, paths, repository, branch, external_references
                  from overlap_footprints where workspace_id = ? and subject_id = ? for update
                """,
                row -> new Kept(
                        row.bytes("profile"),
                        row.bytes("posted"),
                        Kept.marks(
                                row.texts("paths"),
                                row.optionalText("repository"),
                                row.optionalText("branch"),
                                row.texts("external_references"))),
                place.workspaceId(),
                subject);
    }

    private static boolean saysTheSame(Kept kept, Asked asked) {
        Compared now = asked.draft();
        return Arrays.equals(kept.profile(), now.text().profile().encode())
                && kept.marks().equals(Kept.marks(now.paths(), now.repository(), now.branch(), now.references()));
    }

    private static Object[] row(Place place, Footprint footprint, Asked asked, byte[] posted, Instant now) {
        return new Object[] {
            place.workspaceId(),
            footprint.subject().id(),
            footprint.subject().kind(),
            footprint.subject().key(),
            footprint.title(),
            footprint.status(),
            footprint.inProgress(),
            footprint.closedAt(),
            footprint.owner(),
            footprint.paths(),
            footprint.repository(),
            footprint.branch(),
            asked.draft().references(),
            asked.draft().text().profile().encode(),
            posted,
            now
        };
    }

    /** Takes what was finished too long ago out of the index. The footprint stays, in case its work is taken up again. */
    private void retire(Place place) {
        Map<UUID, Map<Integer, Integer>> past = new TreeMap<>();
        sql.list(
                """
                        select subject_id, posted from overlap_footprints
                         where workspace_id = ? and closed_at < ? and posted <> ''::bytea
                         order by closed_at limit ? for update skip locked
                        """,
                row -> past.put(row.uuid("subject_id"), Postings.decode(row.bytes("posted"))),
                place.workspaceId(),
                index.oldest(),
                RETIRED_AT_ONCE);
        if (!past.isEmpty()) {
            postings.remove(place, past);
            sql.update(
                    "update overlap_footprints set posted = '' where workspace_id = ? and subject_id = any(?)",
                    place.workspaceId(),
                    past.keySet());
        }
    }
}
