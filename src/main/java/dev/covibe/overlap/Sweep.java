package dev.covibe.overlap;

import dev.covibe.platform.sql.Row;
import dev.covibe.platform.sql.Sql;
import dev.covibe.tenancy.Place;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Compares all open work of a workspace with open and recently finished work (OVL-4). A few hundred pieces at a time, so
 * that its memory does not grow with the workspace; candidates that were read lately are kept at hand.
 */
@ApplicationScoped
class Sweep {

    private static final int ASKED_AT_ONCE = 400;
    private static final int AT_HAND = 20_000;
    private static final Lookalikes.Depth DEPTH = new Lookalikes.Depth(16, 80, 30);

    private static final String WORK = """
            select f.kind, f.subject_id, f.key, f.title, f.status, f.in_progress, f.closed_at, f.owner_id, d.handle,
                   f.paths, f.repository, f.branch, f.external_references, f.profile
              from overlap_footprints f
              left join developers d on d.id = f.owner_id
             where f.workspace_id = ?
            """;

    private final Sql sql;
    private final Rarity rarity;
    private final Lookalikes lookalikes;
    private final FootprintIndex index;
    private final HeldGround heldGround;

    Sweep(Sql sql, Rarity rarity, Lookalikes lookalikes, FootprintIndex index, HeldGround heldGround) {
        this.sql = sql;
        this.rarity = rarity;
        this.lookalikes = lookalikes;
        this.index = index;
        this.heldGround = heldGround;
    }

    /**
     * @param swept how many pieces of open work were compared
     * @param conflicts the best first
     */
    record Found(int swept, List<Conflict> conflicts) {}

    /** A footprint as it is kept, ready to be compared. */
    private record Known(Conflict.Party party, Optional<UUID> owner, Compared compared, Scoring.Standing standing) {

        /** Of a description only numbers are kept, so that words are told from the titles. */
        Asked asks(Statistics statistics) {
            return new Asked(party.id(), owner, Reading.of(party.title(), "").shown(), compared, statistics);
        }

        Candidate judged(Scoring.Verdict verdict) {
            return new Candidate(
                    party.kind(),
                    party.id(),
                    party.key(),
                    party.title(),
                    party.status(),
                    owner,
                    party.owner(),
                    verdict.score(),
                    verdict.escalates(),
                    verdict.signals());
        }
    }

    Found run(Place place) {
        Statistics statistics = rarity.of(place);
        boolean held = sql.one(
                "select exists (select from overlap_holds where workspace_id = ?) as held",
                row -> row.bool("held"),
                place.workspaceId());
        Map<UUID, Known> atHand = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<UUID, Known> eldest) {
                return size() > AT_HAND;
            }
        };
        Map<AnsweredPairs.Pair, Conflict> found = new HashMap<>();
        int swept = 0;
        UUID last = new UUID(0, 0);
        List<Known> askers;
        do {
            askers = sql.list(
                    WORK + " and f.closed_at is null and f.subject_id > ? order by f.subject_id limit ?",
                    row -> known(row, statistics),
                    place.workspaceId(),
                    last,
                    ASKED_AT_ONCE);
            askers.forEach(asker -> atHand.put(asker.party().id(), asker));
            compare(place, askers, atHand, statistics, held, found);
            swept += askers.size();
            last = askers.isEmpty() ? last : askers.getLast().party().id();
        } while (askers.size() == ASKED_AT_ONCE);
        return new Found(
                swept,
                found.values().stream()
                        .sorted(Comparator.comparingDouble(Conflict::score)
                                .reversed()
                                .thenComparing(conflict -> conflict.one().id().toString())
                                .thenComparing(conflict -> conflict.other().id().toString()))
                        .toList());
    }

    private void compare(
            Place place,
            List<Known> askers,
            Map<UUID, Known> atHand,
            Statistics statistics,
            boolean held,
            Map<AnsweredPairs.Pair, Conflict> found) {
        List<Asked> asked = askers.stream().map(asker -> asker.asks(statistics)).toList();
        Map<Integer, List<UUID>> candidates = new HashMap<>();
        Set<UUID> unknown = new HashSet<>();
        for (Lookalikes.Pair pair : lookalikes.pairs(place, asked, DEPTH)) {
            candidates.computeIfAbsent(pair.asker(), _ -> new ArrayList<>()).add(pair.candidate());
            if (!atHand.containsKey(pair.candidate())) {
                unknown.add(pair.candidate());
            }
        }
        learn(place, unknown, atHand, statistics);
        for (int i = 0; i < askers.size(); i++) {
            Known asker = askers.get(i);
            List<Candidate> alike = new ArrayList<>();
            for (UUID id : candidates.getOrDefault(i, List.of())) {
                Known other = atHand.get(id);
                if (other != null && !id.equals(asker.party().id())) {
                    alike.add(other.judged(asked.get(i).judge(other.compared(), other.standing())));
                }
            }
            // Planned work waits; only who is at it now stands on ground that somebody else holds.
            List<Candidate> all =
                    held && asker.standing().inProgress() ? heldGround.join(place, asked.get(i), alike) : alike;
            all.stream()
                    .filter(Candidate::escalates)
                    .filter(candidate -> candidate.kind() != Subject.Kind.CLAIM)
                    .map(candidate -> conflict(asker.party(), candidate))
                    .forEach(conflict -> found.merge(
                            conflict.pair(), conflict, (one, other) -> one.score() >= other.score() ? one : other));
        }
    }

    /** What is closed was there first; of two open ones, what was planned first. */
    private static Conflict conflict(Conflict.Party asker, Candidate candidate) {
        Conflict.Party other = new Conflict.Party(
                candidate.kind(),
                candidate.id(),
                candidate.key(),
                candidate.title(),
                candidate.status(),
                candidate.owner());
        boolean closed = candidate.signals().stream().anyMatch(signal -> signal.kind() == Signal.Kind.RECENTLY_DONE);
        boolean first = closed || candidate.id().toString().compareTo(asker.id().toString()) < 0;
        double score = Math.round(candidate.score() * 1_000) / 1_000.0;
        return new Conflict(first ? other : asker, first ? asker : other, score, candidate.signals());
    }

    private void learn(Place place, Collection<UUID> unknown, Map<UUID, Known> atHand, Statistics statistics) {
        if (!unknown.isEmpty()) {
            sql.list(
                            WORK + " and f.subject_id = any(?) and (f.closed_at is null or f.closed_at >= ?)",
                            row -> known(row, statistics),
                            place.workspaceId(),
                            unknown,
                            index.oldest())
                    .forEach(known -> atHand.put(known.party().id(), known));
        }
    }

    private static Known known(Row row, Statistics statistics) throws SQLException {
        Optional<UUID> owner = row.optionalUuid("owner_id");
        Optional<String> handle = row.optionalText("handle");
        return new Known(
                new Conflict.Party(
                        Subject.Kind.valueOf(row.text("kind")),
                        row.uuid("subject_id"),
                        row.text("key"),
                        row.text("title"),
                        row.text("status"),
                        handle),
                owner,
                new Compared(
                        new Weighed(Profile.decode(row.bytes("profile")), statistics),
                        row.texts("paths"),
                        row.optionalText("repository"),
                        row.optionalText("branch"),
                        row.texts("external_references")),
                new Scoring.Standing(
                        row.bool("in_progress"),
                        row.optionalInstant("closed_at").isPresent(),
                        owner,
                        handle));
    }
}
