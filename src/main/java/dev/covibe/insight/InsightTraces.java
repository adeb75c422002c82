package dev.covibe.insight;

import dev.covibe.tenancy.Recorded;
import jakarta.inject.Singleton;
import java.util.List;

/** What is counted about people. */
@Singleton
class InsightTraces implements Recorded {

    @Override
    public List<Trace> traces() {
        return List.of(new Trace(
                "Events",
                "Planned, started, finished, blocked, decided: what you and your agents did here, step by step.",
                """
                        select coalesce(sum(events), 0)::bigint as count, max(day)::timestamptz as latest
                          from insight_events where developer_id = ?
                        """));
    }
}
