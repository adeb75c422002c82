package dev.covibe.console.activity;

import dev.covibe.console.frame.Choice;
import dev.covibe.console.frame.People;
import dev.covibe.identity.AgentType;
import dev.covibe.insight.activity.Activity;
import dev.covibe.insight.activity.Topic;
import dev.covibe.platform.problem.Refusal;
import io.quarkus.qute.TemplateData;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.RestQuery;

/** The filters of the page as its address holds them. */
class ActivityFilter {

    @RestQuery
    Optional<String> view = Optional.empty();

    @RestQuery
    Optional<String> topic = Optional.empty();

    @RestQuery
    Optional<String> developer = Optional.empty();

    @RestQuery
    Optional<String> agent = Optional.empty();

    @RestQuery
    Optional<String> project = Optional.empty();

    @RestQuery
    Optional<String> from = Optional.empty();

    @RestQuery
    Optional<String> to = Optional.empty();

    @RestQuery
    Optional<String> cursor = Optional.empty();

    /** One filter; its first choice lets everything pass. */
    @TemplateData
    record Chip(String name, String label, List<Choice> choices) {
        public boolean set() {
            return choices.stream().skip(1).anyMatch(Choice::chosen);
        }
    }

    boolean isEvents() {
        return view.filter("events"::equals).isPresent();
    }

    boolean isSet() {
        return Stream.of(topic, developer, agent, project, from, to)
                .anyMatch(value -> given(value).isPresent());
    }

    Activity.Filter wanted(ZoneId zone) {
        return new Activity.Filter(
                given(topic).map(Topic::of),
                given(developer),
                given(agent),
                given(project),
                given(from).map(text -> day(text, "from").atStartOfDay(zone).toInstant()),
                given(to)
                        .map(text ->
                                day(text, "to").plusDays(1).atStartOfDay(zone).toInstant()));
    }

    private static LocalDate day(String text, String field) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException unreadable) {
            throw Refusal.invalidField(field, "A day is written 2026-11-16.");
        }
    }

    List<Chip> chips(People people, List<String> projects) {
        List<Chip> chips = new ArrayList<>();
        if (isEvents()) {
            chips.add(new Chip(
                    "topic",
                    "What",
                    choices("Anything", given(topic), Stream.of(Topic.values()).map(one ->
                            new String[] {one.key(), one.title()}))));
        }
        chips.add(new Chip(
                "developer", "Who", people.choices("Anybody", given(developer).orElse(""))));
        if (isEvents()) {
            Stream<String[]> agents = Stream.concat(
                    Stream.<String[]>of(new String[] {Activity.PERSON, "People themselves"}),
                    Stream.of(AgentType.values()).map(type -> new String[] {type.key(), type.title()}));
            chips.add(new Chip("agent", "By", choices("By anyone", given(agent), agents)));
        }
        chips.add(new Chip(
                "project",
                "Project",
                choices("All projects", given(project), projects.stream().map(key -> new String[] {key, key}))));
        return chips;
    }

    private static List<Choice> choices(String none, Optional<String> chosen, Stream<String[]> known) {
        return Stream.concat(
                        Stream.of(new Choice("", none, chosen.isEmpty())),
                        known.map(one -> new Choice(
                                one[0], one[1], chosen.filter(one[0]::equals).isPresent())))
                .toList();
    }

    String address(Optional<String> next) {
        return address(view, next);
    }

    /** The other half of the page, with the filters that both have. */
    String address(Optional<String> as, Optional<String> next) {
        boolean events = as.filter("events"::equals).isPresent();
        String query = Stream.of(
                        parameter("view", as.filter("events"::equals)),
                        parameter("topic", events ? topic : Optional.empty()),
                        parameter("developer", developer),
                        parameter("agent", events ? agent : Optional.empty()),
                        parameter("project", project),
                        parameter("from", from),
                        parameter("to", to),
                        parameter("cursor", next))
                .flatMap(Optional::stream)
                .collect(Collectors.joining("&"));
        return query.isEmpty() ? "/activity" : "/activity?" + query;
    }

    private static Optional<String> parameter(String name, Optional<String> value) {
        return given(value).map(text -> name + "=" + URLEncoder.encode(text, StandardCharsets.UTF_8));
    }

    static Optional<String> given(Optional<String> value) {
        return value.map(String::strip).filter(text -> !text.isEmpty());
    }
}
