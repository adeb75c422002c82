package dev.covibe.overlap;

import dev.covibe.platform.sql.Ids;
import dev.covibe.platform.sql.Sql;
import dev.covibe.tenancy.Place;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The statistics of each workspace. They are counted anew when the workspace has grown by a quarter, from its newest
 * texts; between counts nobody writes, so plans never wait for each other over a counter. Every process reads the same
 * version, so every process scores alike.
 */
@ApplicationScoped
class Rarity {

    private static final int SAMPLE = 10_000;
    private static final int MOST_NEW = 5_000;
    private static final int REMEMBERED = 64;
    private static final long COUNTING = 7_021;

    private final Sql sql;
    private final Clock clock;
    private final Map<UUID, Statistics> remembered = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Statistics> eldest) {
            return size() > REMEMBERED;
        }
    };

    Rarity(Sql sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /**
     * What is known now. The same round trip asks for plans that fit the tables as they are: a plan that was cached while
     * they were nearly empty would read them whole after an import.
     */
    Statistics of(Place place) {
        Optional<UUID> version = sql.one("""
                select (select version from overlap_statistics where workspace_id = ?) as version,
                       set_config('plan_cache_mode', 'force_custom_plan', true) as planned
                """, row -> row.optionalUuid("version"), place.workspaceId());
        if (version.isEmpty()) {
            return Statistics.none();
        }
        synchronized (remembered) {
            Statistics known = remembered.get(place.workspaceId());
            if (known != null && known.version().equals(version.get())) {
                return known;
            }
        }
        return read(place);
    }

    /**
     * Counts anew if it is time.
     *
     * @param arriving texts that are about to be recorded
     */
    Statistics renewed(Place place, Collection<Profile> arriving) {
        Statistics current = of(place);
        long tolerated = Math.clamp((long) current.documents() / 4, 1, MOST_NEW);
        return arriving.size() + recordedSinceCount(place, tolerated) >= tolerated
                ? recount(place, arriving).orElse(current)
                : current;
    }

    private long recordedSinceCount(Place place, long most) {
        return sql.one("""
                select count(*) as fresh from (
                    select 1 from overlap_footprints
                     where workspace_id = ? and recorded_at > coalesce(
                           (select counted_at from overlap_statistics where workspace_id = ?), '-infinity')
                     limit ?) as recent
                """, row -> row.bigint("fresh"), place.workspaceId(), place.workspaceId(), most);
    }

    /** One process counts; whoever comes meanwhile goes on with what there is. */
    private Optional<Statistics> recount(Place place, Collection<Profile> arriving) {
        boolean mine = sql.one(
                "select pg_try_advisory_xact_lock(hashtextextended(?, ?)) as mine",
                row -> row.bool("mine"),
                place.workspaceId().toString(),
                COUNTING);
        if (!mine) {
            return Optional.empty();
        }
        List<Profile> sample = new ArrayList<>(arriving);
        sample.addAll(sql.list(
                "select profile from overlap_footprints where workspace_id = ? order by recorded_at desc limit ?",
                row -> Profile.decode(row.bytes("profile")),
                place.workspaceId(),
                Math.max(0, SAMPLE - sample.size())));
        long before = sql.one(
                "select count(*) as documents from overlap_footprints where workspace_id = ?",
                row -> row.bigint("documents"),
                place.workspaceId());
        Instant now = clock.instant();
        Statistics counted = Statistics.count(Ids.next(), before + arriving.size(), sample);
        sql.update("""
                insert into overlap_statistics (workspace_id, version, documents, counted_at, words)
                values (?, ?, ?, ?, ?)
                on conflict (workspace_id) do update
                   set version = excluded.version, documents = excluded.documents,
                       counted_at = excluded.counted_at, words = excluded.words
                """, place.workspaceId(), counted.version(), (long) counted.documents(), now, counted.encode());
        remember(place, counted);
        return Optional.of(counted);
    }

    private Statistics read(Place place) {
        Statistics statistics = sql.one(
                "select version, words from overlap_statistics where workspace_id = ?",
                row -> Statistics.decode(row.uuid("version"), row.bytes("words")),
                place.workspaceId());
        remember(place, statistics);
        return statistics;
    }

    private void remember(Place place, Statistics statistics) {
        synchronized (remembered) {
            remembered.put(place.workspaceId(), statistics);
        }
    }
}
