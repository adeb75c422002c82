package dev.covibe.ops.demo;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/**
 * Everything that is left to chance, from one seed. {@link Random} is specified to the bit, so the same seed gives the
 * same story on every machine. Keys of rows are drawn apart from the story: they differ from workspace to workspace,
 * because a key may exist only once in a database.
 */
final class Chance {

    private final Random story;
    private final Random keys;

    private Chance(Random story, Random keys) {
        this.story = story;
        this.keys = keys;
    }

    static Chance of(long seed, UUID workspaceId) {
        return new Chance(new Random(seed), new Random(seed ^ workspaceId.getLeastSignificantBits()));
    }

    /** The same for one part of the story, so that a change in one part leaves the others as they were. */
    Chance part(String name) {
        return new Chance(new Random(story.nextLong() ^ hash(name)), new Random(keys.nextLong() ^ hash(name)));
    }

    private static long hash(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).getMostSignificantBits();
    }

    /** From {@code least} up to, but without, {@code below}. */
    int between(int least, int below) {
        return least + story.nextInt(below - least);
    }

    double between(double least, double below) {
        return least + story.nextDouble() * (below - least);
    }

    boolean happens(double share) {
        return story.nextDouble() < share;
    }

    <T> T one(List<T> of) {
        return of.get(story.nextInt(of.size()));
    }

    /** The first of a list most often, each further one half as often. */
    <T> T favourite(List<T> of) {
        int at = 0;
        while (at < of.size() - 1 && story.nextInt(100) < 42) {
            at++;
        }
        return of.get(at);
    }

    String hex(int digits) {
        StringBuilder text = new StringBuilder();
        while (text.length() < digits) {
            text.append(String.format("%016x", story.nextLong()));
        }
        return text.substring(0, digits);
    }

    /** A key of version 7, so that rows sort by the time at which they came to be. */
    UUID id(Instant at) {
        long high = at.toEpochMilli() << 16 | 0x7000 | keys.nextInt(1 << 12);
        return new UUID(high, keys.nextLong() & 0x3fff_ffff_ffff_ffffL | 0x8000_0000_0000_0000L);
    }
}
