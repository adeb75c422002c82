package dev.covibe.overlap;

import dev.covibe.tenancy.Place;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Adds to the candidates whose ground the draft would enter: a hard signal on the piece of work that the ground is held
 * for, or, where there is none, a candidate of its own.
 */
@ApplicationScoped
class HeldGround {

    private static final DateTimeFormatter TODAY = DateTimeFormatter.ofPattern("HH:mm 'UTC'", Locale.ENGLISH);
    private static final DateTimeFormatter LATER = DateTimeFormatter.ofPattern("d MMM HH:mm 'UTC'", Locale.ENGLISH);
    private static final Scoring.Verdict NOTHING = new Scoring.Verdict(0, false, List.of());

    private final Holds holds;
    private final FootprintIndex index;
    private final Clock clock;

    HeldGround(Holds holds, FootprintIndex index, Clock clock) {
        this.holds = holds;
        this.index = index;
        this.clock = clock;
    }

    /** @param alike what was found by its words and marks */
    List<Candidate> join(Place place, Asked asked, List<Candidate> alike) {
        List<Holds.Held> held = inTheWay(place, asked);
        if (held.isEmpty()) {
            return alike;
        }
        Map<UUID, Candidate> known = new HashMap<>();
        alike.forEach(candidate -> known.put(candidate.id(), candidate));
        Set<UUID> unknown = held.stream()
                .flatMap(one -> one.subject().stream())
                .filter(subject -> !known.containsKey(subject))
                .collect(Collectors.toSet());
        index.named(place, asked, unknown).forEach(candidate -> known.put(candidate.id(), candidate));

        Map<UUID, List<Holds.Held>> ofWork = new HashMap<>();
        Map<UUID, List<Holds.Held>> ofNothing = new HashMap<>();
        for (Holds.Held one : held) {
            Optional<UUID> subject = one.subject().filter(known::containsKey);
            subject.map(id -> ofWork.computeIfAbsent(id, _ -> new ArrayList<>()))
                    .orElseGet(() -> ofNothing.computeIfAbsent(one.holder(), _ -> new ArrayList<>()))
                    .add(one);
        }
        ofWork.forEach((subject, group) -> known.compute(
                subject, (_, candidate) -> candidate.judged(candidate.verdict().claimed(told(group)))));
        List<Candidate> all = new ArrayList<>(known.values());
        ofNothing.values().forEach(group -> all.add(claim(group)));
        return all;
    }

    private List<Holds.Held> inTheWay(Place place, Asked asked) {
        return asked.draft()
                .repository()
                .map(repository -> holds
                        .meeting(place, repository, asked.draft().paths())
                        .stream()
                        .filter(held ->
                                asked.planner().filter(held.holder()::equals).isEmpty())
                        .filter(held ->
                                held.subject().filter(asked.self()::equals).isEmpty())
                        .sorted(Comparator.comparing(Holds.Held::id))
                        .toList())
                .orElse(List.of());
    }

    /** What one person holds without a piece of work behind it is one candidate, known by its oldest claim. */
    private Candidate claim(List<Holds.Held> group) {
        Holds.Held first = group.getFirst();
        String words = first.words().isEmpty() ? "" : ": " + first.words();
        return new Candidate(
                        Subject.Kind.CLAIM,
                        first.id(),
                        "claim",
                        paths(group) + words,
                        "active",
                        Optional.of(first.holder()),
                        Optional.of(first.handle()),
                        0,
                        false,
                        List.of())
                .judged(NOTHING.claimed(told(group)));
    }

    private String told(List<Holds.Held> group) {
        String holders =
                group.stream().map(held -> "@" + held.handle()).distinct().collect(Collectors.joining(" and "));
        Instant until =
                group.stream().map(Holds.Held::until).max(Instant::compareTo).orElseThrow();
        return "active claim by " + holders + " on " + paths(group) + " until " + time(until);
    }

    private static String paths(List<Holds.Held> group) {
        return Scoring.toldPaths(group.stream().map(Holds.Held::path).distinct().toList());
    }

    private String time(Instant until) {
        boolean today = until.atOffset(ZoneOffset.UTC)
                .toLocalDate()
                .equals(clock.instant().atOffset(ZoneOffset.UTC).toLocalDate());
        return (today ? TODAY : LATER).format(until.atOffset(ZoneOffset.UTC));
    }
}
