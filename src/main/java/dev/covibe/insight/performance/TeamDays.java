package dev.covibe.insight.performance;

import dev.covibe.identity.Caller;
import dev.covibe.insight.facts.Dimension;
import dev.covibe.insight.facts.Fact;
import dev.covibe.insight.facts.Facts;
import dev.covibe.insight.facts.Period;
import dev.covibe.insight.facts.Slice;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Every developer on every day: each fact is read once, and everything else is added up from it. What belongs to nobody
 * has an empty key.
 */
final class TeamDays {

    static final String NOBODY = "";

    private final Map<LocalDate, Map<String, Figures>> days = new TreeMap<>();

    /** @param window all days that are needed */
    static TeamDays read(Facts facts, Caller caller, Period window) {
        return facts.together(caller, () -> {
            TeamDays team = new TeamDays();
            team.add(
                    facts.completions(caller, window, Slice.dailyBy(Dimension.DEVELOPER)),
                    fact -> Figures.of(fact.figures()));
            team.add(
                    facts.sessions(caller, window, Slice.dailyBy(Dimension.DEVELOPER)),
                    fact -> Figures.of(fact.figures()));
            team.add(
                    facts.usage(caller, window, Slice.dailyBy(Dimension.DEVELOPER, Dimension.ATTRIBUTED)),
                    fact -> Figures.of(fact.figures(), fact.keys().get(1).isPresent()));
            team.add(
                    facts.spans(caller, window, Slice.dailyBy(Dimension.DEVELOPER)),
                    fact -> Figures.of(fact.figures()));
            team.add(
                    facts.events(caller, window, Slice.dailyBy(Dimension.DEVELOPER, Dimension.ANSWER)),
                    fact -> Figures.ofEvents(fact.figures(), fact.keys().get(1).isPresent() ? fact.figures() : 0));
            return team;
        });
    }

    private <T> void add(List<Fact<T>> facts, Function<Fact<T>, Figures> figures) {
        facts.forEach(fact -> days.computeIfAbsent(fact.day().orElseThrow(), day -> new TreeMap<>())
                .merge(fact.key().orElse(NOBODY), figures.apply(fact), Figures::plus));
    }

    /** Everybody with anything in the window, by id, without the bucket of nobody. */
    Set<String> developers() {
        Set<String> developers = new TreeSet<>();
        days.values().forEach(day -> developers.addAll(day.keySet()));
        developers.remove(NOBODY);
        return developers;
    }

    Figures team(Period period) {
        return sum(period, developer -> true);
    }

    Figures of(String developer, Period period) {
        return sum(period, developer::equals);
    }

    private Figures sum(Period period, Function<String, Boolean> wanted) {
        Figures sum = Figures.NONE;
        for (Map<String, Figures> day : within(period).values()) {
            for (Map.Entry<String, Figures> entry : day.entrySet()) {
                sum = wanted.apply(entry.getKey()) ? sum.plus(entry.getValue()) : sum;
            }
        }
        return sum;
    }

    private Map<LocalDate, Map<String, Figures>> within(Period period) {
        return ((TreeMap<LocalDate, Map<String, Figures>>) days).subMap(period.from(), true, period.to(), true);
    }

    /** What each did on a day. */
    Map<String, Figures> on(LocalDate day) {
        return days.getOrDefault(day, Map.of());
    }

    Figures on(LocalDate day, Optional<String> developer) {
        return days.getOrDefault(day, Map.of()).entrySet().stream()
                .filter(entry -> developer.map(entry.getKey()::equals).orElse(true))
                .map(Map.Entry::getValue)
                .reduce(Figures.NONE, Figures::plus);
    }

    /** How many developers did anything at all. */
    int active(Period period) {
        Set<String> active = new TreeSet<>();
        within(period)
                .values()
                .forEach(day -> day.forEach((developer, figures) -> {
                    if (figures.any()) {
                        active.add(developer);
                    }
                }));
        active.remove(NOBODY);
        return active.size();
    }

    /** On how many days somebody did anything. */
    int activeDays(String developer, Period period) {
        return (int) within(period).values().stream()
                .filter(day -> day.getOrDefault(developer, Figures.NONE).any())
                .count();
    }

    /** A metric on each day. */
    List<DayValue> daily(Metric metric, Period period, Optional<String> developer) {
        return period.days().stream()
                .map(day -> new DayValue(day, onDay(metric, day, period, developer)))
                .toList();
    }

    private Optional<Double> onDay(Metric metric, LocalDate day, Period period, Optional<String> developer) {
        return switch (metric) {
            case ACTIVE_DEVELOPERS -> Optional.of((double) active(new Period(day, day, period.calendar())));
            default -> metric.of(on(day, developer));
        };
    }

    /** A metric of a period, whole. */
    Optional<Double> of(Metric metric, Period period) {
        return metric == Metric.ACTIVE_DEVELOPERS ? Optional.of((double) active(period)) : metric.of(team(period));
    }
}
