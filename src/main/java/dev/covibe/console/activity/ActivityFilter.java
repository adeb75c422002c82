package dev.covibe.console.activity;

import dev.covibe.console.frame.Address;
import dev.covibe.console.frame.Choice;
import dev.covibe.console.frame.People;
import dev.covibe.console.frame.Typed;
import dev.covibe.identity.AgentType;
import dev.covibe.insight.activity.Activity;
import dev.covibe.insight.activity.Topic;
import dev.covibe.platform.problem.Refusal;
import io.quarkus.qute.TemplateData;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
                .anyMatch(value -> Typed.text(value).isPresent());
    }

    Activity.Filter wanted(ZoneId zone) {
        return new Activity.Filter(
                Typed.text(topic).map(Topic::of),
                Typed.text(developer),
                Typed.text(agent),
                Typed.text(project),
                Typed.text(from)
                        .map(text -> day(text, "from").atStartOfDay(zone).toInstant()),
                Typed.text(to)
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
                    choices(
                            "Anything",
                            Typed.text(topic),
                            Stream.of(Topic.values()).map(one -> new String[] {one.key(), one.title()}))));
        }
        chips.add(new Chip(
                "developer",
                "Who",
                people.choices("Anybody", Typed.text(developer).orElse(""))));
        if (isEvents()) {
            Stream<String[]> agents = Stream.concat(
                    Stream.<String[]>of(new String[] {Activity.PERSON, "People themselves"}),
                    Stream.of(AgentType.values()).map(type -> new String[] {type.key(), type.title()}));
            chips.add(new Chip("agent", "By", choices("By anyone", Typed.text(agent), agents)));
        }
        chips.add(new Chip(
                "project",
                "Project",
                choices("All projects", Typed.text(project), projects.stream().map(key -> new String[] {key, key}))));
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
        return Address.of("/activity")
                .with("view", as.filter("events"::equals))
                .with("topic", events ? topic : Optional.empty())
                .with("developer", developer)
                .with("agent", events ? agent : Optional.empty())
                .with("project", project)
                .with("from", from)
                .with("to", to)
                .with("cursor", next)
                .toString();
    }
}
