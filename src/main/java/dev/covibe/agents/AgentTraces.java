package dev.covibe.agents;

import dev.covibe.tenancy.Recorded;
import jakarta.inject.Singleton;
import java.util.List;

/** What agents' work leaves about the people that they work for. */
@Singleton
class AgentTraces implements Recorded {

    @Override
    public List<Trace> traces() {
        return List.of(
                new Trace(
                        "Agent sessions",
                        "Agent, model, repository, branch, start, end and the summary that the agent wrote.",
                        """
                        select coalesce(sum(sessions), 0)::bigint as count, max(day)::timestamptz as latest
                          from session_day_totals where developer_id = ?
                        """),
                new Trace(
                        "Model calls",
                        "Model, tokens, cost, duration and whether the call failed. Never a prompt or an answer.",
                        """
                        select coalesce(sum(calls), 0)::bigint as count, max(day)::timestamptz as latest
                          from usage_daily where developer_id = ?
                        """));
    }
}
