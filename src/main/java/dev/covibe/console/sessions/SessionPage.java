package dev.covibe.console.sessions;

import dev.covibe.agents.SessionLists;
import dev.covibe.agents.SessionQueries;
import dev.covibe.agents.SessionView;
import dev.covibe.agents.alerts.Alerts;
import dev.covibe.agents.usage.SessionUsage;
import dev.covibe.agents.usage.UsageAccounts;
import dev.covibe.agents.usage.UsageQueries;
import dev.covibe.agents.usage.UsageTotals;
import dev.covibe.console.charts.Waterfall;
import dev.covibe.console.frame.Frame;
import dev.covibe.console.frame.Frames;
import dev.covibe.console.frame.Markdown;
import dev.covibe.console.frame.Money;
import dev.covibe.console.frame.Numbers;
import dev.covibe.console.frame.OnePicture;
import dev.covibe.console.frame.People;
import dev.covibe.console.frame.When;
import dev.covibe.console.settings.AlertLine;
import dev.covibe.console.workstreams.Storyteller;
import dev.covibe.console.workstreams.TaskDetail;
import dev.covibe.identity.Caller;
import dev.covibe.journal.Journal;
import dev.covibe.work.TaskStatus;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** One session of an agent: who, where, how it goes, what it used and did (AGT-1). */
@Path("/workstreams/sessions/{id}")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
@OnePicture
public class SessionPage {

    private static final int STORY = 200;
    private static final int STEPS = 40;
    private static final int CHILDREN = 50;

    private final Frames frames;
    private final SessionQueries queries;
    private final SessionLists lists;
    private final UsageQueries usage;
    private final UsageAccounts accounts;
    private final SessionUsage closely;
    private final Alerts alerts;
    private final Journal journal;
    private final Clock clock;

    SessionPage(
            Frames frames,
            SessionQueries queries,
            SessionLists lists,
            UsageQueries usage,
            UsageAccounts accounts,
            SessionUsage closely,
            Alerts alerts,
            Journal journal,
            Clock clock) {
        this.frames = frames;
        this.queries = queries;
        this.lists = lists;
        this.usage = usage;
        this.accounts = accounts;
        this.closely = closely;
        this.alerts = alerts;
        this.journal = journal;
        this.clock = clock;
    }

    @CheckedTemplate(basePath = "session")
    static class Templates {
        private Templates() {}

        static native TemplateInstance session(Frame frame, SessionDetail view);
    }

    @GET
    @Operation(hidden = true)
    public TemplateInstance show(@PathParam("id") UUID id) {
        Caller caller = frames.caller();
        People people = frames.people();
        SessionDetail view = detail(caller, queries.view(caller, id), people, clock.instant());
        return Templates.session(frames.work(view.title(), true, people), view);
    }

    private SessionDetail detail(Caller caller, SessionView session, People people, Instant now) {
        UUID id = session.id();
        UsageTotals used = usage.ofSession(caller, id);
        UsageTotals outside = accounts.onNoTask(caller, List.of(id));
        List<UsageAccounts.OfSource> sources = accounts.sources(caller, id);
        List<SessionView> children = lists.children(caller, id, CHILDREN);
        Map<UUID, UsageTotals> ofChildren =
                usage.ofSessions(caller, children.stream().map(SessionView::id).toList());
        return new SessionDetail(
                id.toString(),
                "@" + session.developer() + " / " + session.agentName(),
                SessionSentences.state(session, now),
                people.who(session.developer(), Optional.of(session.agent().key())),
                session.agentName(),
                session.agent().title()
                        + session.agentVersion().map(version -> " " + version).orElse(""),
                session.state().key(),
                SessionLine.word(session),
                SessionSentences.tone(session),
                session.model().orElse(""),
                session.repository().orElse(""),
                session.branch().orElse(""),
                session.worktree().orElse(""),
                session.task()
                        .map(task -> new TaskDetail.Linked(
                                task.key(),
                                task.title(),
                                task.status(),
                                TaskStatus.of(task.status()).title()))
                        .orElse(new TaskDetail.Linked("", "", "", "")),
                When.of(session.startedAt(), now),
                When.of(session.lastSeenAt(), now),
                session.endedAt().map(end -> When.of(end, now)).stream().toList(),
                session.parent()
                        .map(parent -> "/workstreams/sessions/" + parent)
                        .orElse(""),
                session.summary().map(Markdown::html).orElse(""),
                Spend.of(used),
                SessionSentences.coverage(sources),
                outside.tokens() == 0
                        ? ""
                        : Numbers.tokens(outside.tokens()) + " tokens, " + Money.of(outside.costNanos()),
                accounts.models(caller, id).stream()
                        .map(model ->
                                new SessionDetail.Model(model.provider(), model.model(), Spend.of(model.totals())))
                        .toList(),
                sources.stream()
                        .map(source -> new SessionDetail.Source(
                                SessionSentences.source(source.source()), source.counts(), Spend.of(source.totals())))
                        .toList(),
                Waterfall.of(closely.spans(caller, id, STEPS).reversed()),
                children.stream()
                        .map(child -> SessionLine.of(
                                child, ofChildren.getOrDefault(child.id(), UsageTotals.NONE), people, now))
                        .toList(),
                closely.score(caller, id),
                alerts.about(caller, List.of(id)).stream()
                        .map(alert -> AlertLine.of(alert, now))
                        .toList(),
                new Storyteller(people, now, false).tell(journal.ofSession(caller, id, STORY)));
    }
}
