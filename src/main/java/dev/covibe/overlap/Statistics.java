package dev.covibe.overlap;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * How common each word is in a workspace. Where little has been seen, an imagined {@value #PRIOR} texts of ordinary
 * software work speak too: in them words such as "fix" or "user" stand in every tenth, any other word almost nowhere. So
 * the very first two plans of a workspace are compared sensibly, and the workspace's own usage soon outweighs the prior.
 */
final class Statistics {

    static final int PRIOR = 200;
    private static final double GENERIC_SHARE = 0.1;
    private static final double OTHER_SHARE = 0.0025;
    private static final double ORDINARY_LENGTH = 60;
    private static final Set<Integer> GENERIC = generic();

    private final UUID version;
    private final double documents;
    private final double averageLength;
    private final double scale;
    private final Map<Integer, Integer> counts;

    private Statistics(
            UUID version, double documents, double averageLength, double scale, Map<Integer, Integer> counts) {
        this.version = version;
        this.documents = documents;
        this.averageLength = averageLength;
        this.scale = scale;
        this.counts = counts;
    }

    static Statistics none() {
        return new Statistics(new UUID(0, 0), 0, ORDINARY_LENGTH, 1, Map.of());
    }

    /**
     * Counts a sample of the workspace's texts.
     *
     * @param documents how many texts there are in all, at least as many as in the sample
     */
    static Statistics count(UUID version, long documents, Collection<Profile> sample) {
        Map<Integer, Integer> counts = new HashMap<>();
        double length = 0;
        for (Profile profile : sample) {
            length += profile.length();
            for (int i = 0; i < profile.size(); i++) {
                counts.merge(profile.term(i), 1, Integer::sum);
            }
        }
        // A word seen once is as rare as a word never seen; leaving it out halves what is stored.
        counts.values().removeIf(count -> count < 2);
        double average = (length + PRIOR * ORDINARY_LENGTH) / (sample.size() + PRIOR);
        double scale = sample.isEmpty() ? 1 : (double) documents / sample.size();
        return new Statistics(version, documents, average, scale, counts);
    }

    static Statistics decode(UUID version, byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        double documents = buffer.getDouble();
        double averageLength = buffer.getDouble();
        double scale = buffer.getDouble();
        int size = buffer.getInt();
        Map<Integer, Integer> counts = HashMap.newHashMap(size);
        for (int i = 0; i < size; i++) {
            counts.put(buffer.getInt(), buffer.getInt());
        }
        return new Statistics(version, documents, averageLength, scale, counts);
    }

    byte[] encode() {
        ByteBuffer buffer = ByteBuffer.allocate(3 * Double.BYTES + Integer.BYTES + counts.size() * 2 * Integer.BYTES);
        buffer.putDouble(documents).putDouble(averageLength).putDouble(scale).putInt(counts.size());
        counts.forEach((term, count) -> buffer.putInt(term).putInt(count));
        return buffer.array();
    }

    UUID version() {
        return version;
    }

    /** How many texts the workspace had when it was counted. */
    double documents() {
        return documents;
    }

    /** Weighted words of an average description. */
    double averageLength() {
        return averageLength;
    }

    /** Rarity of a word: natural logarithm of how many texts there are for each that has it. */
    double rarity(int term) {
        double seen = scale * counts.getOrDefault(term, 0);
        double imagined = PRIOR * (GENERIC.contains(term) ? GENERIC_SHARE : OTHER_SHARE);
        return Math.max(0, Math.log((documents + PRIOR) / (seen + imagined)));
    }

    /** Rarity of a word that was never seen. */
    double highestRarity() {
        return Math.log((documents + PRIOR) / (PRIOR * OTHER_SHARE));
    }

    private static Set<Integer> generic() {
        Set<Integer> terms = new HashSet<>();
        Stems.generic().forEach(stem -> terms.add(Terms.word(stem)));
        return Set.copyOf(terms);
    }
}
