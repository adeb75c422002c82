package dev.covibe.overlap;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * The footprint of a claim: ground that somebody holds for a while. Whoever plans on the same ground meets it (OVL-3).
 *
 * @param subject the piece of work that it is held for, where it has left a footprint
 * @param holder the developer, whichever of whose agents holds it
 * @param repository normalised remote
 * @param path a glob, relative to the repository's root
 * @param words why, in the holder's words; may be empty
 * @param until when it counts for nothing any more
 */
public record Hold(
        UUID id, Optional<UUID> subject, UUID holder, String repository, String path, String words, Instant until) {}
