package dev.covibe.overlap;

import dev.covibe.platform.problem.Refusal;
import dev.covibe.platform.sql.Sql;
import dev.covibe.tenancy.Place;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The desk of overlap: finds work that looks alike, and keeps a plan from being made while it needs a confirmation. Every
 * method runs within the caller's transaction of the place.
 */
@ApplicationScoped
public class Overlaps {

    private static final long ADMISSION = 7_020;

    /** Work of one title of which answers are looked up; each costs a query. */
    private static final int MOST_NAMESAKES = 10;

    private final Rarity rarity;
    private final FootprintIndex index;
    private final FootprintStore store;
    private final Lookalikes lookalikes;
    private final Holds holds;
    private final HeldGround heldGround;
    private final AnsweredPairs answeredPairs;
    private final Sql sql;
    private final Timer checks;

    Overlaps(
            Rarity rarity,
            FootprintIndex index,
            FootprintStore store,
            Lookalikes lookalikes,
            Holds holds,
            HeldGround heldGround,
            AnsweredPairs answeredPairs,
            Sql sql,
            MeterRegistry meters) {
        this.checks = Timer.builder("covibe.overlap.check")
                .description("Looking for what is alike")
                .register(meters);
        this.rarity = rarity;
        this.index = index;
        this.store = store;
        this.lookalikes = lookalikes;
        this.holds = holds;
        this.heldGround = heldGround;
        this.answeredPairs = answeredPairs;
        this.sql = sql;
    }

    /** What looks like the draft (OVL-1, OVL-2). Reads only; the draft's owner is taken to be its planner. */
    public OverlapReport check(Place place, Footprint draft) {
        return check(place, draft, draft.owner());
    }

    /**
     * Lets a plan in and records its footprint, or refuses it (OVL-3). Plans of one workspace pass one at a time until
     * their transactions end, so of two that are alike the second always meets the first.
     *
     * @throws Refusal.Conflict {@code overlap.confirmation-required} with {@code candidates} and {@code escalates}, unless
     *     every escalating candidate is confirmed by id and a reason is given
     */
    public void admit(Place place, UUID planner, Footprint footprint, Confirmation confirmation) {
        sql.call(
                "select pg_advisory_xact_lock(hashtextextended(?, ?))",
                place.workspaceId().toString(),
                ADMISSION);
        OverlapReport report = check(place, footprint, Optional.of(planner));
        List<Candidate> escalating =
                report.candidates().stream().filter(Candidate::escalates).toList();
        boolean confirmed =
                escalating.stream().allMatch(one -> confirmation.candidates().contains(one.id()))
                        && confirmation.reason().isPresent();
        if (!escalating.isEmpty() && !confirmed) {
            throw refusal(report, escalating, confirmation);
        }
        store.put(place, footprint);
        confirmation
                .reason()
                .ifPresent(reason -> store.remember(place, footprint.subject().id(), planner, escalating, reason));
    }

    /** Records a footprint, or what has become of it, without asking anything. */
    public void leave(Place place, Footprint footprint) {
        store.put(place, footprint);
    }

    /**
     * Records the footprints of an import.
     *
     * @return how many of them look so much like other work, in the import or before it, that a plan would have had to be
     *     confirmed (WRK-7)
     */
    public int leaveAll(Place place, List<Footprint> footprints) {
        store.putAll(place, footprints);
        return lookalikes.count(place, footprints, rarity.of(place));
    }

    /** Forgets a piece of work that is no more. */
    public void lift(Place place, UUID subject) {
        store.remove(place, subject);
    }

    /** Records ground that is held from now on, or what it is held for now. */
    public void hold(Place place, Collection<Hold> ground) {
        holds.put(place, ground);
    }

    /** Ground that is held for longer than was said. */
    public void prolong(Place place, Collection<UUID> ids, Instant until) {
        holds.prolong(place, ids, until);
    }

    /** Forgets ground that nobody holds any more. */
    public void giveUp(Place place, Collection<UUID> ids) {
        holds.remove(place, ids);
    }

    /** Ids of the ground held in a repository that shares a path with one of these patterns. */
    public List<UUID> held(Place place, String repository, Collection<String> paths) {
        return holds.meeting(place, repository, paths).stream()
                .map(Holds.Held::id)
                .toList();
    }

    private OverlapReport check(Place place, Footprint draft, Optional<UUID> planner) {
        return checks.record(() -> look(place, draft, planner));
    }

    private OverlapReport look(Place place, Footprint draft, Optional<UUID> planner) {
        Reading reading = Reading.of(draft.title(), draft.description());
        Asked asked = Asked.of(draft, reading, planner, rarity.of(place));
        List<Candidate> alike = index.find(place, asked);
        Set<UUID> settled = settled(place, draft, alike);
        List<Candidate> open = alike.stream()
                .filter(candidate -> !settled.contains(candidate.id()))
                .toList();
        return OverlapReport.of(heldGround.join(place, asked, open));
    }

    /**
     * What need not be raised again, because somebody has said what it is to work of the same title: a draft has no name
     * yet under which an answer could be found. Ground that is held is raised all the same.
     */
    private Set<UUID> settled(Place place, Footprint draft, List<Candidate> alike) {
        List<UUID> planned = alike.stream()
                .filter(candidate -> candidate.title().equalsIgnoreCase(draft.title()))
                .limit(MOST_NAMESAKES)
                .map(Candidate::id)
                .toList();
        return answeredPairs.with(place, planned);
    }

    private static Refusal refusal(OverlapReport report, List<Candidate> escalating, Confirmation confirmation) {
        Candidate first = escalating.getFirst();
        String others = escalating.size() > 1 ? " and " + (escalating.size() - 1) + " more" : "";
        String claimed = first.signals().stream()
                .filter(signal -> signal.kind() == Signal.Kind.ACTIVE_CLAIM)
                .map(signal -> " (" + signal.text() + ")")
                .findFirst()
                .orElse("");
        boolean onlyReason =
                escalating.stream().allMatch(one -> confirmation.candidates().contains(one.id()));
        String what = first.kind() == Subject.Kind.CLAIM
                ? "This touches what @" + first.owner().orElseThrow() + " holds"
                : "This looks like " + first.key() + " “" + first.title() + "”";
        String message = what + claimed + others + ". "
                + (onlyReason
                        ? "Say why it is planned all the same."
                        : "Confirm the candidates by id and say why, or join that work.");
        return Refusal.conflict(
                "overlap.confirmation-required", message, Map.of("candidates", report.candidates(), "escalates", true));
    }
}
