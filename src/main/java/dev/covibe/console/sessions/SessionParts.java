package dev.covibe.console.sessions;

import dev.covibe.agents.SessionLists;
import dev.covibe.agents.SessionView;
import dev.covibe.agents.usage.UsageAccounts;
import dev.covibe.agents.usage.UsageQueries;
import dev.covibe.agents.usage.UsageTotals;
import dev.covibe.console.frame.Money;
import dev.covibe.console.frame.Numbers;
import dev.covibe.console.frame.People;
import dev.covibe.identity.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Puts the sessions of a task or a workstream together with what they used on it (AGT-6). */
@ApplicationScoped
public class SessionParts {

    private static final int MOST = 50;

    private final SessionLists lists;
    private final UsageQueries usage;
    private final UsageAccounts accounts;

    SessionParts(SessionLists lists, UsageQueries usage, UsageAccounts accounts) {
        this.lists = lists;
        this.usage = usage;
        this.accounts = accounts;
    }

    public SessionsPart ofTask(Caller caller, UUID taskId, People people, Instant now) {
        List<SessionView> sessions = lists.ofTask(caller, taskId, MOST + 1);
        List<UUID> ids = ids(sessions);
        return part(caller, sessions, usage.ofTask(caller, taskId), accounts.onTask(caller, ids, taskId), people, now);
    }

    public SessionsPart ofWorkstream(Caller caller, UUID workstreamId, People people, Instant now) {
        List<SessionView> sessions = lists.ofWorkstream(caller, workstreamId, MOST + 1);
        List<UUID> ids = ids(sessions);
        return part(
                caller,
                sessions,
                usage.ofWorkstream(caller, workstreamId),
                accounts.onWorkstream(caller, ids, workstreamId),
                people,
                now);
    }

    private SessionsPart part(
            Caller caller,
            List<SessionView> sessions,
            UsageTotals total,
            Map<UUID, UsageTotals> each,
            People people,
            Instant now) {
        UsageTotals aside = accounts.onNoTask(caller, ids(sessions));
        return new SessionsPart(
                Spend.of(total),
                sessions.stream()
                        .limit(MOST)
                        .map(session ->
                                SessionLine.of(session, each.getOrDefault(session.id(), UsageTotals.NONE), people, now))
                        .toList(),
                aside.tokens() == 0 && aside.costNanos().signum() == 0
                        ? ""
                        : Numbers.tokens(aside.tokens()) + " tokens, " + Money.of(aside.costNanos()),
                sessions.size() > MOST);
    }

    private static List<UUID> ids(List<SessionView> sessions) {
        return sessions.stream().map(SessionView::id).toList();
    }
}
