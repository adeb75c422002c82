package dev.covibe.overlap;

import dev.covibe.platform.sql.Row;
import dev.covibe.platform.sql.Sql;
import dev.covibe.tenancy.Place;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Keeps holds and finds those in the way. Two patterns can meet only where one begins with the literal directories that
 * the other begins with, so the index gives few of many, and the exact intersection decides among them.
 */
@ApplicationScoped
class Holds {

    /** Above every character that a path can have: where a range without an end ends. */
    private static final String LAST = "\uDBFF\uDFFF";

    private static final String HELD = """
            select h.id, h.subject_id, h.holder_id, d.handle, h.path, h.words, h.held_until
              from overlap_holds h
              join developers d on d.id = h.holder_id
             where h.workspace_id = ? and h.repository = ? and h.held_until > ?
            """;

    private static final String FIND = HELD + " and h.prefix = any(?)\nunion\n"
            + HELD.replace(
                    " where ",
                    " join unnest(?::text[], ?::text[]) as below (first, last) on h.prefix >= below.first and h.prefix < below.last\n where ");

    private final Sql sql;
    private final Clock clock;

    Holds(Sql sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /** A hold in the way. */
    record Held(
            UUID id, Optional<UUID> subject, UUID holder, String handle, String path, String words, Instant until) {}

    void put(Place place, Collection<Hold> holds) {
        sql.batch(
                """
                insert into overlap_holds
                       (workspace_id, id, subject_id, holder_id, repository, path, prefix, words, held_until)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (workspace_id, id) do update
                   set subject_id = coalesce(excluded.subject_id, overlap_holds.subject_id),
                       words = coalesce(nullif(excluded.words, ''), overlap_holds.words),
                       held_until = excluded.held_until
                """,
                holds.stream()
                        .map(hold -> new Object[] {
                            place.workspaceId(),
                            hold.id(),
                            hold.subject(),
                            hold.holder(),
                            hold.repository(),
                            hold.path(),
                            prefix(hold.path()),
                            hold.words(),
                            hold.until()
                        })
                        .toList());
    }

    void prolong(Place place, Collection<UUID> ids, Instant until) {
        sql.update(
                "update overlap_holds set held_until = ? where workspace_id = ? and id = any(?)",
                until,
                place.workspaceId(),
                ids);
    }

    void remove(Place place, Collection<UUID> ids) {
        sql.update("delete from overlap_holds where workspace_id = ? and id = any(?)", place.workspaceId(), ids);
    }

    /** Every hold of the repository whose pattern shares a path with one of these. */
    List<Held> meeting(Place place, String repository, Collection<String> paths) {
        if (paths.isEmpty()) {
            return List.of();
        }
        Set<String> above = new LinkedHashSet<>();
        List<String> first = new ArrayList<>();
        List<String> last = new ArrayList<>();
        for (String path : paths) {
            String prefix = prefix(path);
            above.addAll(selfAndAbove(prefix));
            first.add(prefix.isEmpty() ? "" : prefix + "/");
            // The character after the slash: what sorts before it and not before the slash lies below.
            last.add(prefix.isEmpty() ? LAST : prefix + "0");
        }
        Instant now = clock.instant();
        List<Held> near = sql.list(
                FIND,
                Holds::held,
                place.workspaceId(),
                repository,
                now,
                above,
                first,
                last,
                place.workspaceId(),
                repository,
                now);
        List<Globs.Ground> grounds = paths.stream().map(Globs::ground).toList();
        return near.stream()
                .filter(held -> {
                    Globs.Ground ground = Globs.ground(held.path());
                    return grounds.stream().anyMatch(ground::meets);
                })
                .toList();
    }

    private static String prefix(String path) {
        return String.join("/", Globs.literalPrefix(path));
    }

    private static List<String> selfAndAbove(String prefix) {
        List<String> all = new ArrayList<>();
        all.add("");
        for (int slash = prefix.indexOf('/'); slash >= 0; slash = prefix.indexOf('/', slash + 1)) {
            all.add(prefix.substring(0, slash));
        }
        all.add(prefix);
        return all;
    }

    private static Held held(Row row) throws SQLException {
        return new Held(
                row.uuid("id"),
                row.optionalUuid("subject_id"),
                row.uuid("holder_id"),
                row.text("handle"),
                row.text("path"),
                row.text("words"),
                row.instant("held_until"));
    }
}
