package dev.covibe.console.workstreams;

import dev.covibe.console.frame.Address;
import dev.covibe.console.frame.Typed;
import dev.covibe.work.TaskFilter;
import dev.covibe.work.TaskStatus;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.RestQuery;

/** The filters of the page of work, as its address holds them. An empty value lets everything pass. */
public class WorkFilter {

    @RestQuery
    Optional<String> q = Optional.empty();

    @RestQuery
    Optional<String> status = Optional.empty();

    @RestQuery
    Optional<String> owner = Optional.empty();

    @RestQuery
    Optional<String> project = Optional.empty();

    @RestQuery
    Optional<String> workstream = Optional.empty();

    @RestQuery
    Optional<String> label = Optional.empty();

    @RestQuery
    Optional<String> view = Optional.empty();

    @RestQuery
    Optional<String> streams = Optional.empty();

    @RestQuery
    Optional<String> cursor = Optional.empty();

    TaskFilter tasks() {
        return new TaskFilter(
                Typed.text(status).map(key -> Set.of(TaskStatus.of(key))).orElse(Set.of()),
                Typed.text(q),
                Typed.text(project),
                Typed.text(owner),
                Typed.text(workstream),
                Typed.text(label),
                Optional.empty(),
                false,
                false);
    }

    boolean isSet() {
        return Stream.of(q, status, owner, project, workstream, label)
                .anyMatch(value -> Typed.text(value).isPresent());
    }

    boolean isBoard() {
        return view.filter("board"::equals).isPresent();
    }

    boolean allStreams() {
        return streams.filter("all"::equals).isPresent();
    }

    boolean isMine() {
        return Typed.text(owner).filter("me"::equals).isPresent();
    }

    /** Everything that this view depends on, as an address. */
    String whole() {
        return address(status, Typed.text(streams), cursor);
    }

    /** This view's address, with everything that is set. */
    String address() {
        return address(status, Typed.text(streams), Optional.empty());
    }

    String addressOfAllStreams() {
        return address(status, Optional.of("all"), Optional.empty());
    }

    /** Where the list of one status goes on. */
    String addressFrom(TaskStatus group, String position) {
        return address(Optional.of(group.key()), Optional.empty(), Optional.of(position));
    }

    /** Everything off but the way of showing. */
    String clear() {
        return isBoard() ? "/workstreams?view=board" : "/workstreams";
    }

    private String address(Optional<String> status, Optional<String> streams, Optional<String> from) {
        return Address.of("/workstreams")
                .with("q", q)
                .with("status", status)
                .with("owner", owner)
                .with("project", project)
                .with("workstream", workstream)
                .with("label", label)
                .with("view", view.filter("board"::equals))
                .with("streams", streams)
                .with("cursor", from)
                .toString();
    }
}
