package dev.covibe.overlap;

import dev.covibe.platform.sql.Sql;
import dev.covibe.tenancy.Place;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The rows of the inverted index. What a footprint was posted under is kept with it, so taking it out again is a matter of
 * exact keys and needs no second index.
 */
@ApplicationScoped
class Postings {

    private static final int ROWS_PER_STATEMENT = 10_000;

    private final Sql sql;

    Postings(Sql sql) {
        this.sql = sql;
    }

    /** One footprint under one term. */
    private record Posting(int term, int impact, UUID subject) {}

    static byte[] encode(Map<Integer, Integer> posted) {
        ByteBuffer buffer = ByteBuffer.allocate(posted.size() * (Integer.BYTES + 1));
        posted.forEach((term, impact) -> buffer.putInt(term).put(impact.byteValue()));
        return buffer.array();
    }

    static Map<Integer, Integer> decode(byte[] bytes) {
        Map<Integer, Integer> posted = new LinkedHashMap<>();
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            posted.put(buffer.getInt(), (int) buffer.get());
        }
        return posted;
    }

    void add(Place place, Map<UUID, Map<Integer, Integer>> bySubject) {
        write(place, bySubject, """
                insert into overlap_postings (workspace_id, term, impact, subject_id)
                select ?, given.term, given.impact, given.subject_id
                  from unnest(?::int[], ?::int[], ?::uuid[]) as given (term, impact, subject_id)
                """);
    }

    /** Plans anew each time: one that was cached for a nearly empty table would read a full one whole. */
    void remove(Place place, Map<UUID, Map<Integer, Integer>> bySubject) {
        if (bySubject.values().stream().allMatch(Map::isEmpty)) {
            return;
        }
        sql.call("select set_config('plan_cache_mode', 'force_custom_plan', true)");
        write(place, bySubject, """
                delete from overlap_postings p
                 where p.workspace_id = ?
                   and (p.term, p.impact, p.subject_id) in
                       (select term, impact::smallint, subject_id
                          from unnest(?::int[], ?::int[], ?::uuid[]) as given (term, impact, subject_id))
                """);
    }

    private void write(Place place, Map<UUID, Map<Integer, Integer>> bySubject, String statement) {
        List<Posting> rows = new ArrayList<>();
        bySubject.forEach(
                (subject, posted) -> posted.forEach((term, impact) -> rows.add(new Posting(term, impact, subject))));
        for (int from = 0; from < rows.size(); from += ROWS_PER_STATEMENT) {
            List<Posting> part = rows.subList(from, Math.min(rows.size(), from + ROWS_PER_STATEMENT));
            sql.update(
                    statement,
                    place.workspaceId(),
                    part.stream().map(Posting::term).toList(),
                    part.stream().map(Posting::impact).toList(),
                    part.stream().map(Posting::subject).toList());
        }
    }
}
