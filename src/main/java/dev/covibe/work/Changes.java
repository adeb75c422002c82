package dev.covibe.work;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What an edit changed, field by field, with before and after (WRK-6). */
final class Changes {

    private final List<Map<String, Object>> noted = new ArrayList<>();

    /** Notes the change if there is one and answers the new value. */
    <T> T note(String field, T before, T after) {
        if (!Objects.equals(before, after)) {
            Map<String, Object> change = new LinkedHashMap<>();
            change.put("field", field);
            change.put("before", before);
            change.put("after", after);
            noted.add(change);
        }
        return after;
    }

    boolean isEmpty() {
        return noted.isEmpty();
    }

    /** The payload of a {@code changed} event. */
    Map<String, Object> payload() {
        return Map.of("changes", List.copyOf(noted));
    }
}
