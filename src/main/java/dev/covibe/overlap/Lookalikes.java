package dev.covibe.overlap;

import dev.covibe.platform.sql.Sql;
import dev.covibe.tenancy.Place;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Counts overlaps among many footprints at once. The question is only whether there is any that escalates, so few terms
 * and few candidates will do, and each profile is weighed once however often it is compared.
 */
@ApplicationScoped
class Lookalikes {

    private static final int ASKED_AT_ONCE = 200;
    private static final Depth ANY = new Depth(10, 40, 12);

    private static final String FIND = """
            select asker, subject_id from (
                select wanted.asker, p.subject_id,
                       row_number() over (partition by wanted.asker
                                          order by sum(wanted.gain * p.impact) desc, p.subject_id desc) as place
                  from unnest(?::int[], ?::int[], ?::float8[]) as wanted (asker, term, gain)
                 cross join lateral (
                       select posting.subject_id, posting.impact
                         from overlap_postings posting
                        where posting.workspace_id = ? and posting.term = wanted.term
                        order by posting.impact desc, posting.subject_id desc
                        limit ?) p
                 group by wanted.asker, p.subject_id) as ranked
             where place <= ?
            """;

    private final Sql sql;
    private final FootprintIndex index;

    Lookalikes(Sql sql, FootprintIndex index) {
        this.sql = sql;
        this.index = index;
    }

    /**
     * How thoroughly it is looked.
     *
     * @param terms most telling terms of each asker
     * @param postings read for each term
     * @param compared candidates of each asker
     */
    record Depth(int terms, int postings, int compared) {}

    record Pair(int asker, UUID candidate) {}

    private record Known(Compared compared, Scoring.Standing standing) {}

    int count(Place place, List<Footprint> footprints, Statistics statistics) {
        Map<UUID, Known> known = new HashMap<>();
        List<Asked> all = footprints.stream()
                .map(footprint -> Asked.of(footprint, statistics))
                .toList();
        for (int i = 0; i < all.size(); i++) {
            Footprint footprint = footprints.get(i);
            known.put(
                    footprint.subject().id(),
                    new Known(
                            all.get(i).draft(),
                            new Scoring.Standing(
                                    footprint.inProgress(),
                                    footprint.closedAt().isPresent(),
                                    footprint.owner(),
                                    Optional.empty())));
        }
        int count = 0;
        for (int from = 0; from < all.size(); from += ASKED_AT_ONCE) {
            count +=
                    escalating(place, all.subList(from, Math.min(all.size(), from + ASKED_AT_ONCE)), known, statistics);
        }
        return count;
    }

    private int escalating(Place place, List<Asked> asked, Map<UUID, Known> known, Statistics statistics) {
        List<Pair> pairs = pairs(place, asked, ANY);
        learn(place, pairs, known, statistics);
        Set<Integer> found = new HashSet<>();
        for (Pair pair : pairs) {
            Asked asker = asked.get(pair.asker());
            Known candidate = known.get(pair.candidate());
            boolean other = candidate != null && !asker.self().equals(pair.candidate());
            if (other
                    && !found.contains(pair.asker())
                    && asker.judge(candidate.compared(), candidate.standing()).escalates()) {
                found.add(pair.asker());
            }
        }
        return found.size();
    }

    /** Whom each of the askers may look like: not yet compared, itself included. */
    List<Pair> pairs(Place place, List<Asked> asked, Depth depth) {
        List<Integer> askers = new ArrayList<>();
        List<Integer> terms = new ArrayList<>();
        List<Double> gains = new ArrayList<>();
        for (int i = 0; i < asked.size(); i++) {
            int asker = i;
            asked.get(i).wanted().entrySet().stream()
                    .sorted(Map.Entry.<Integer, Double>comparingByValue(Comparator.reverseOrder()))
                    .limit(depth.terms())
                    .forEach(wanted -> {
                        askers.add(asker);
                        terms.add(wanted.getKey());
                        gains.add(wanted.getValue());
                    });
        }
        return sql.list(
                FIND,
                row -> new Pair(row.integer("asker"), row.uuid("subject_id")),
                askers,
                terms,
                gains,
                place.workspaceId(),
                depth.postings(),
                depth.compared());
    }

    /** Reads the candidates that were there before. */
    private void learn(Place place, List<Pair> pairs, Map<UUID, Known> known, Statistics statistics) {
        Set<UUID> unknown = new HashSet<>();
        pairs.stream().map(Pair::candidate).filter(id -> !known.containsKey(id)).forEach(unknown::add);
        if (unknown.isEmpty()) {
            return;
        }
        sql.list(
                """
                select subject_id, in_progress, closed_at, owner_id, paths, repository, branch, external_references, profile
                  from overlap_footprints
                 where workspace_id = ? and subject_id = any(?) and (closed_at is null or closed_at >= ?)
                """,
                row -> known.put(
                        row.uuid("subject_id"),
                        new Known(
                                new Compared(
                                        new Weighed(Profile.decode(row.bytes("profile")), statistics),
                                        row.texts("paths"),
                                        row.optionalText("repository"),
                                        row.optionalText("branch"),
                                        row.texts("external_references")),
                                new Scoring.Standing(
                                        row.bool("in_progress"),
                                        row.optionalInstant("closed_at").isPresent(),
                                        row.optionalUuid("owner_id"),
                                        Optional.empty()))),
                place.workspaceId(),
                unknown,
                index.oldest());
    }
}
