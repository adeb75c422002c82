package dev.covibe.coordination.graph;

import dev.covibe.agents.PrivateMarks;
import dev.covibe.agents.SessionQueries;
import dev.covibe.agents.SessionState;
import dev.covibe.agents.SessionView;
import dev.covibe.identity.Caller;
import dev.covibe.tenancy.Transactions;
import dev.covibe.work.TaskFilter;
import dev.covibe.work.TaskStatus;
import dev.covibe.work.WorkQueries;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Puts the state of a workspace together; every list in it has an end. */
@ApplicationScoped
class StateQueries {

    static final int MOST_SESSIONS = 100;
    static final int MOST_REPOSITORIES = 20;
    static final int MOST_COMMITS = 50;

    private static final int MOST_PRIVATE = 100;
    private final Transactions transactions;
    private final WorkQueries work;
    private final SessionQueries sessions;
    private final GraphQueries graphs;
    private final PrivateMarks marks;
    private final Clock clock;

    StateQueries(
            Transactions transactions,
            WorkQueries work,
            SessionQueries sessions,
            GraphQueries graphs,
            PrivateMarks marks,
            Clock clock) {
        this.transactions = transactions;
        this.work = work;
        this.sessions = sessions;
        this.graphs = graphs;
        this.marks = marks;
        this.clock = clock;
    }

    State state(Caller caller) {
        return transactions.in(
                caller.place(), () -> new State(clock.instant(), tasks(caller), sessions(caller), graphs(caller)));
    }

    private State.Tasks tasks(Caller caller) {
        Map<TaskStatus, Long> counts = new EnumMap<>(TaskStatus.class);
        counts.putAll(work.counts(caller, TaskFilter.ALL));
        return new State.Tasks(
                counts,
                work.find(caller, TaskFilter.ALL.onlyReady(), Optional.empty(), 1)
                        .total(),
                work.find(caller, TaskFilter.ALL.onlyBlocked(), Optional.empty(), 1)
                        .total());
    }

    private State.Sessions sessions(Caller caller) {
        List<SessionView> open = sessions.open(caller, MOST_SESSIONS);
        return new State.Sessions(
                count(open, SessionState.ACTIVE),
                count(open, SessionState.IDLE),
                open.stream().map(StateQueries::session).toList());
    }

    private static int count(List<SessionView> sessions, SessionState state) {
        return Math.toIntExact(
                sessions.stream().filter(session -> session.state() == state).count());
    }

    private static State.Session session(SessionView session) {
        return new State.Session(
                session.id(),
                session.developer(),
                session.agent(),
                session.repository(),
                session.branch(),
                session.task(),
                session.state().key(),
                session.lastSeenAt());
    }

    private List<State.LocalGraph> graphs(Caller caller) {
        List<State.LocalGraph> shown = new ArrayList<>();
        for (RepositoryRef repository :
                graphs.repositories(caller).stream().limit(MOST_REPOSITORIES).toList()) {
            graphs.find(caller, repository.identity()).ifPresent(graph -> shown.add(graph(caller, graph)));
        }
        PrivateMarks.Count hidden = marks.count(caller);
        Stream.generate(State.LocalGraph::ofPrivate)
                .limit(Math.min(MOST_PRIVATE, hidden.own() + hidden.ofTeammates()))
                .forEach(shown::add);
        return shown;
    }

    private State.LocalGraph graph(Caller caller, RepositoryGraph graph) {
        List<String> newest = graph.layout().nodes().stream()
                .filter(node -> !node.uncommitted())
                .limit(MOST_COMMITS)
                .map(GraphLayout.Node::id)
                .toList();
        Map<String, CommitText> texts = graphs.texts(caller, graph.repository().id(), newest);
        return new State.LocalGraph(
                graph.repository().identity(),
                Optional.of(graph.repository().name()),
                Optional.of("/coordination/graph?repository="
                        + URLEncoder.encode(graph.repository().identity(), StandardCharsets.UTF_8)),
                Optional.of(graph.commits().size()),
                Optional.of(graph.repository().seenAt()),
                heads(graph, true),
                heads(graph, false),
                newest.stream().filter(texts::containsKey).map(texts::get).toList());
    }

    private static List<State.Head> heads(RepositoryGraph graph, boolean uncommitted) {
        return graph.standings().stream()
                .filter(standing -> standing.isUncommitted() == uncommitted)
                .map(State.Head::of)
                .toList();
    }
}
