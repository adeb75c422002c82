package dev.covibe.coordination.claims;

import dev.covibe.platform.problem.Refusal;
import dev.covibe.work.ItemRef;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A claim in the way, as the refused caller is told of it.
 *
 * @param wanted what the caller asked for
 * @param path what is held, which shares a path with it
 * @param task key of what the holder works on
 */
@RegisterForReflection
record Held(
        UUID claim,
        String holder,
        Optional<String> agent,
        Optional<UUID> session,
        String wanted,
        Optional<String> path,
        Optional<String> task,
        Optional<String> title,
        ClaimMode mode,
        Optional<String> reason,
        Instant expiresAt) {

    /** More than an agent reads before it goes elsewhere. */
    static final int MOST_TOLD = 10;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("d MMM HH:mm 'UTC'", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    /**
     * {@code claim.held}: who, on what, until when.
     *
     * @param views of the first {@value #MOST_TOLD} of them
     */
    static Refusal.Conflict refusal(List<OpenClaims.InTheWay> inTheWay, List<ClaimView> views) {
        List<Held> held = new ArrayList<>();
        for (OpenClaims.InTheWay other : inTheWay) {
            views.stream()
                    .filter(view -> view.id().equals(other.id()))
                    .map(view -> of(view, other.wanted()))
                    .forEach(held::add);
        }
        Held first = held.getFirst();
        String holder = views.stream()
                .filter(view -> view.id().equals(first.claim()))
                .map(ClaimView::holder)
                .findFirst()
                .orElseThrow();
        String what = first.path().orElseGet(() -> first.task().orElse("This"));
        String work = first.path().isEmpty() || first.task().isEmpty()
                ? ""
                : " for " + first.task().get()
                        + first.title().map(title -> " “" + title + "”").orElse("");
        String more = inTheWay.size() > 1 ? "; " + (inTheWay.size() - 1) + " more are in the way" : "";
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("holder", first.holder());
        first.task().ifPresent(task -> details.put("task", task));
        details.put("expires_at", first.expiresAt());
        details.put("held", held);
        return Refusal.conflict(
                "claim.held",
                what + " is claimed by " + holder + work + " until " + TIME.format(first.expiresAt()) + more + ".",
                details);
    }

    private static Held of(ClaimView view, String wanted) {
        return new Held(
                view.id(),
                view.developer(),
                view.agent(),
                view.session(),
                view.path().isPresent() ? wanted : view.target(),
                view.path(),
                view.task().map(ItemRef::key),
                view.task().map(ItemRef::title),
                view.mode(),
                view.reason(),
                view.expiresAt());
    }
}
