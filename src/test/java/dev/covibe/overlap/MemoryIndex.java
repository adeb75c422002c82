package dev.covibe.overlap;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The index's rules without a database: same terms, same limits, same order. A test keeps the two alike. */
final class MemoryIndex {

    private record Posting(int impact, UUID subject) {}

    private final Statistics statistics;
    private final Map<UUID, Footprint> footprints = new HashMap<>();
    private final Map<UUID, Asked> read = new HashMap<>();
    private final Map<Integer, List<Posting>> postings = new HashMap<>();

    MemoryIndex(Collection<Footprint> all) {
        List<Profile> profiles = all.stream()
                .map(one -> Reading.of(one.title(), one.description()).profile())
                .toList();
        statistics = all.isEmpty() ? Statistics.none() : Statistics.count(new UUID(0, 1), all.size(), profiles);
        for (Footprint footprint : all) {
            UUID id = footprint.subject().id();
            Asked asked = Asked.of(footprint, statistics);
            footprints.put(id, footprint);
            read.put(id, asked);
            asked.posted().forEach((term, impact) -> postings.computeIfAbsent(term, key -> new ArrayList<>())
                    .add(new Posting(impact, id)));
        }
        postings.values()
                .forEach(list -> list.sort(Comparator.comparingInt(Posting::impact)
                        .thenComparing(Posting::subject, MemoryIndex::asPostgres)
                        .reversed()));
    }

    List<Candidate> find(Footprint draft) {
        Asked asked = Asked.of(draft, statistics);
        Map<UUID, Double> gains = new HashMap<>();
        asked.wanted().forEach((term, gain) -> postings.getOrDefault(term, List.of()).stream()
                .limit(Query.POSTINGS_PER_TERM)
                .forEach(posting -> gains.merge(posting.subject(), gain * posting.impact(), Double::sum)));
        return gains.entrySet().stream()
                .sorted(Map.Entry.<UUID, Double>comparingByValue().reversed())
                .limit(Query.COMPARED)
                .map(Map.Entry::getKey)
                .filter(id -> !id.equals(asked.self()))
                .map(id -> candidate(asked, id))
                .sorted(Comparator.comparingDouble(Candidate::score)
                        .thenComparing(Candidate::id)
                        .reversed())
                .limit(OverlapReport.MOST)
                .toList();
    }

    private Candidate candidate(Asked asked, UUID id) {
        Footprint footprint = footprints.get(id);
        Scoring.Verdict verdict = asked.judge(
                read.get(id).draft(),
                new Scoring.Standing(
                        footprint.inProgress(),
                        footprint.closedAt().isPresent(),
                        footprint.owner(),
                        footprint.owner().map(UUID::toString)));
        return new Candidate(
                footprint.subject().kind(),
                id,
                footprint.subject().key(),
                footprint.title(),
                footprint.status(),
                footprint.owner(),
                Optional.empty(),
                verdict.score(),
                verdict.escalates(),
                verdict.signals());
    }

    /** Unsigned, byte by byte; Java compares the halves as signed numbers. */
    private static int asPostgres(UUID one, UUID other) {
        int high = Long.compareUnsigned(one.getMostSignificantBits(), other.getMostSignificantBits());
        return high != 0 ? high : Long.compareUnsigned(one.getLeastSignificantBits(), other.getLeastSignificantBits());
    }
}
