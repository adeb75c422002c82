package dev.covibe.agents;

import dev.covibe.tenancy.Erasable;
import jakarta.inject.Singleton;
import java.util.Set;

/** Goes when a company starts over: sessions and what they used; the registry of agents and the prices stay. */
@Singleton
class AgentRows implements Erasable {

    @Override
    public Set<String> tables() {
        return Set.of(
                "agent_sessions",
                "session_tasks",
                "usage_events",
                "usage_seen",
                "usage_streams",
                "usage_by_stream",
                "usage_daily",
                "usage_day_totals",
                "usage_task_totals",
                "usage_day_notes",
                "usage_points",
                "spans",
                "span_daily",
                "span_by_session",
                "session_daily",
                "session_day_totals",
                "session_notes",
                "agent_daily",
                "alerts");
    }
}
