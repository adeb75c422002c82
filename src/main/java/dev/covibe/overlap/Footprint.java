package dev.covibe.overlap;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What a piece of work says and touches; also, as a draft, work that somebody only thinks of.
 *
 * @param subject of a draft any id that is not in use: a footprint never finds itself
 * @param status as the owner of the subject calls it; shown, never interpreted
 * @param inProgress somebody is on it now: what makes the same reference a hard signal (OVL-3)
 * @param closedAt when it was finished or given up; empty while open
 * @param owner of a draft, who would do it
 * @param paths globs, relative to the repository's root
 * @param repository normalised remote
 * @param references as written; normalised here
 */
public record Footprint(
        Subject subject,
        String title,
        String description,
        String status,
        boolean inProgress,
        Optional<Instant> closedAt,
        Optional<UUID> owner,
        List<String> paths,
        Optional<String> repository,
        Optional<String> branch,
        List<String> references) {

    public Footprint {
        paths = List.copyOf(paths);
        references = List.copyOf(references);
    }
}
