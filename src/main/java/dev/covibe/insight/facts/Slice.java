package dev.covibe.insight.facts;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How facts are cut: by day or not, by some dimensions, of everything or of some keys alone.
 *
 * @param only dimensions and the key that is wanted of each, as {@link Fact#keys()} would give it
 */
public record Slice(boolean daily, List<Dimension> by, Map<Dimension, String> only) {

    /** One figure for everything. */
    public static final Slice TOTAL = new Slice(false, List.of(), Map.of());

    public static final Slice DAILY = new Slice(true, List.of(), Map.of());

    public static Slice by(Dimension... dimensions) {
        return new Slice(false, List.of(dimensions), Map.of());
    }

    public static Slice dailyBy(Dimension... dimensions) {
        return new Slice(true, List.of(dimensions), Map.of());
    }

    /** The same of one key alone. */
    public Slice of(Dimension dimension, String key) {
        Map<Dimension, String> narrowed = new LinkedHashMap<>(only);
        narrowed.put(dimension, key);
        return new Slice(daily, by, narrowed);
    }
}
