package dev.covibe.coordination.claims;

import dev.covibe.agents.PrivateMarks;
import dev.covibe.identity.Caller;
import dev.covibe.identity.Role;
import dev.covibe.journal.EventKind;
import dev.covibe.journal.Journal;
import dev.covibe.journal.Subject;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.tenancy.Transactions;
import dev.covibe.work.ItemRef;
import dev.covibe.work.TaskView;
import dev.covibe.work.WorkQueries;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The desk of claims (CRD-3): advisory leases on paths of a repository, or on a task. A claim belongs to the session that
 * made it, or to the developer where there is none. A person and their own agents never stand in each other's way; two
 * agents of one person do.
 */
@ApplicationScoped
public class Claims {

    private final Transactions transactions;
    private final ClaimStore store;
    private final OpenClaims open;
    private final ClaimQueries queries;
    private final WorkQueries work;
    private final Journal journal;
    private final PrivateMarks marks;
    private final Event<ClaimOverridden> overridden;

    Claims(
            Transactions transactions,
            ClaimStore store,
            OpenClaims open,
            ClaimQueries queries,
            WorkQueries work,
            Journal journal,
            PrivateMarks marks,
            Event<ClaimOverridden> overridden) {
        this.transactions = transactions;
        this.store = store;
        this.open = open;
        this.queries = queries;
        this.work = work;
        this.journal = journal;
        this.marks = marks;
        this.overridden = overridden;
    }

    /**
     * @param claims one for each path, or the one of the task, in the order of the request
     * @param overridden claims of others that stand in spite of which
     */
    public record Granted(List<ClaimView> claims, List<ClaimView> overridden) {}

    /**
     * Claims all of it or nothing. What the caller holds already is renewed. Claims of one repository are decided one
     * after the other until their transactions end, so of two that meet the second always sees the first.
     *
     * @throws Refusal.Conflict {@code claim.held} with the claims in the way, unless it is told to override them;
     *     {@code claim.private}; {@code task.ended}; {@code session.ended}
     * @throws Refusal.NotFound {@code task.unknown}
     * @throws Refusal.Invalid when a field is wrong
     */
    public Granted claim(Caller caller, ClaimRequest request) {
        ClaimRules rules = ClaimRules.check(request);
        return transactions.in(caller.place(), () -> {
            refuseIfPrivate(caller, rules.repository());
            Optional<TaskView> task = request.task().map(key -> work.task(caller, key));
            store.standOn(caller, task.map(TaskView::id));
            Ground ground = new Ground(rules.repository(), rules.paths(), task.map(TaskView::id));
            store.lock(caller, List.of(ground.scope()));
            store.settle(caller, ground);

            Map<String, OpenClaims.Own> own = open.own(caller, ground);
            List<String> fresh = ground.targets().stream()
                    .filter(target -> !own.containsKey(target)
                            || request.mode() != own.get(target).mode() && request.mode() == ClaimMode.EXCLUSIVE)
                    .toList();
            List<OpenClaims.InTheWay> inTheWay = open.inTheWay(caller, ground, fresh, request.mode());
            if (!inTheWay.isEmpty() && rules.override().isEmpty()) {
                List<UUID> told = ids(inTheWay).stream().limit(Held.MOST_TOLD).toList();
                throw Held.refusal(inTheWay, queries.views(caller, told));
            }
            Optional<String> override = inTheWay.isEmpty() ? Optional.empty() : rules.override();
            List<UUID> ids = store.put(caller, ground, request.mode(), rules, own, inTheWay, override);
            List<ClaimView> claims = inOrder(ids, queries.views(caller, ids));
            if (!fresh.isEmpty()) {
                journal.record(caller, EventKind.CLAIMED, subject(claims), payload(claims));
            }
            return new Granted(
                    claims,
                    override.map(why -> tell(caller, inTheWay, claims, why)).orElse(List.of()));
        });
    }

    /** A claim would tell teammates of a repository that its developer keeps from them (CMP-7). */
    private void refuseIfPrivate(Caller caller, Optional<String> repository) {
        repository.filter(name -> marks.keeps(caller, name)).ifPresent(name -> {
            throw Refusal.conflict(
                    "claim.private",
                    "You keep this repository private, and a claim would tell the others of it. Include it again to"
                            + " claim in it.");
        });
    }

    /** An override is loud: an event for each claim in the way, and the word to its holder. */
    private List<ClaimView> tell(
            Caller caller, List<OpenClaims.InTheWay> inTheWay, List<ClaimView> claims, String reason) {
        Map<UUID, ClaimView> views = new LinkedHashMap<>();
        queries.views(caller, ids(inTheWay)).forEach(view -> views.put(view.id(), view));
        for (OpenClaims.InTheWay other : inTheWay) {
            ClaimView view = views.get(other.id());
            ClaimView by = claims.stream()
                    .filter(claim -> claim.overrides().contains(other.id()))
                    .findFirst()
                    .orElseThrow();
            Map<String, Object> payload = new LinkedHashMap<>();
            payload.put("claim", view.id());
            payload.put("holder", view.developer());
            view.repository().ifPresent(repository -> payload.put("repository", repository));
            payload.put("target", view.target());
            payload.put("by", by.id());
            payload.put("by_target", by.target());
            payload.put("reason", reason);
            journal.record(
                    caller,
                    EventKind.CLAIM_OVERRIDDEN,
                    Subject.claim(view.id(), view.target(), view.task().map(ItemRef::id)),
                    payload);
            overridden.fire(new ClaimOverridden(caller, other.developerId(), view.session(), view, by, reason));
        }
        return List.copyOf(views.values());
    }

    /**
     * Gives claims back; those that have ended before are passed over.
     *
     * @param ids of the caller's claims, in whichever of their sessions; an admin may name anybody's
     * @throws Refusal.NotFound {@code claim.unknown}
     * @throws Refusal.Forbidden {@code claim.not-yours}
     */
    public List<ClaimView> release(Caller caller, Collection<UUID> ids) {
        return transactions.in(caller.place(), () -> {
            Map<UUID, UUID> holders = open.holders(caller, ids);
            boolean others = false;
            for (UUID id : ids) {
                UUID holder = Optional.ofNullable(holders.get(id))
                        .orElseThrow(() ->
                                Refusal.notFound("claim.unknown", "There is no claim " + id + " in this workspace."));
                others |= !holder.equals(caller.developerId());
            }
            if (others && caller.role() != Role.ADMIN) {
                throw Refusal.forbidden(
                        "claim.not-yours",
                        "A claim is released by its holder or an admin. Ask them, or override it with a reason.");
            }
            return end(caller, open.named(caller, ids), others ? ReleasedBy.ADMIN : ReleasedBy.HOLDER);
        });
    }

    /** Gives back everything that the caller's session holds; without a session, what the developer holds in person. */
    public List<ClaimView> releaseAll(Caller caller) {
        return transactions.in(caller.place(), () -> end(caller, open.heldBy(caller), ReleasedBy.HOLDER));
    }

    List<ClaimView> end(Caller caller, OpenClaims.Open ending, ReleasedBy by) {
        List<UUID> ended = store.end(caller, ending, by);
        List<ClaimView> claims = queries.views(caller, ended);
        if (!claims.isEmpty()) {
            Map<String, Object> payload = payload(claims);
            payload.put("because", by.words());
            journal.record(caller, EventKind.RELEASED, subject(claims), payload);
        }
        return claims;
    }

    private static Subject subject(List<ClaimView> claims) {
        ClaimView first = claims.getFirst();
        String more = claims.size() > 1 ? " and " + (claims.size() - 1) + " more" : "";
        return Subject.claim(first.id(), first.target() + more, first.task().map(ItemRef::id));
    }

    private static Map<String, Object> payload(List<ClaimView> claims) {
        ClaimView first = claims.getFirst();
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("claims", claims.stream().map(ClaimView::id).toList());
        first.repository().ifPresent(repository -> payload.put("repository", repository));
        payload.put("targets", claims.stream().map(ClaimView::target).toList());
        payload.put("mode", first.mode().key());
        first.reason().ifPresent(reason -> payload.put("reason", reason));
        payload.put("expires_at", first.expiresAt());
        return payload;
    }

    private static List<UUID> ids(List<OpenClaims.InTheWay> inTheWay) {
        return inTheWay.stream().map(OpenClaims.InTheWay::id).toList();
    }

    private static List<ClaimView> inOrder(List<UUID> ids, List<ClaimView> views) {
        List<ClaimView> ordered = new ArrayList<>();
        ids.forEach(id -> views.stream().filter(view -> view.id().equals(id)).forEach(ordered::add));
        return ordered;
    }
}
