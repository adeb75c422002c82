package dev.covibe.console.workstreams;

import dev.covibe.work.TaskFilter;
import dev.covibe.work.TaskStatus;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
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
                given(status).map(key -> Set.of(TaskStatus.of(key))).orElse(Set.of()),
                given(q),
                given(project),
                given(owner),
                given(workstream),
                given(label),
                Optional.empty(),
                false,
                false);
    }

    boolean isSet() {
        return Stream.of(q, status, owner, project, workstream, label)
                .anyMatch(value -> given(value).isPresent());
    }

    boolean isBoard() {
        return view.filter("board"::equals).isPresent();
    }

    boolean allStreams() {
        return streams.filter("all"::equals).isPresent();
    }

    /** This view's address, with everything that is set. */
    String address() {
        return address(status, given(streams), Optional.empty());
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
        String query = Stream.of(
                        parameter("q", q),
                        parameter("status", status),
                        parameter("owner", owner),
                        parameter("project", project),
                        parameter("workstream", workstream),
                        parameter("label", label),
                        parameter("view", view.filter("board"::equals)),
                        parameter("streams", streams),
                        parameter("cursor", from))
                .flatMap(Optional::stream)
                .collect(Collectors.joining("&"));
        return query.isEmpty() ? "/workstreams" : "/workstreams?" + query;
    }

    private static Optional<String> parameter(String name, Optional<String> value) {
        return given(value).map(text -> name + "=" + URLEncoder.encode(text, StandardCharsets.UTF_8));
    }

    static Optional<String> given(Optional<String> value) {
        return value.map(String::strip).filter(text -> !text.isEmpty());
    }
}
