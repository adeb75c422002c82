package dev.covibe.insight.performance;

import dev.covibe.identity.Caller;
import dev.covibe.insight.facts.Dimension;
import dev.covibe.insight.facts.Fact;
import dev.covibe.insight.facts.Facts;
import dev.covibe.insight.facts.Period;
import dev.covibe.insight.facts.Slice;
import java.time.LocalDate;
import java.util.HashMap;
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

    private static final String NOBODY = "";
    private static final Set<String> ANSWERS = Set.of("unblocked", "decided");

    private final Map<LocalDate, Map<String, Figures>> days = new TreeMap<>();

    /** What days do not tell: what was attributed, and who answered. By period, then developer. */
    private final Map<Period, Map<String, Figures>> besides = new HashMap<>();

    /** The share of the team's tokens that belongs to a task. */
    private final Map<LocalDate, Double> attributed = new HashMap<>();

    /**
     * @param window all days that are needed
     * @param compared the periods that are compared
     */
    static TeamDays read(Facts facts, Caller caller, Period window, List<Period> compared) {
        return facts.together(caller, () -> {
            TeamDays team = new TeamDays();
            team.add(facts.completions(caller, window, Slice.dailyBy(Dimension.DEVELOPER)), Figures::of);
            team.add(facts.sessions(caller, window, Slice.dailyBy(Dimension.DEVELOPER)), Figures::of);
            team.add(facts.usage(caller, window, Slice.dailyBy(Dimension.DEVELOPER)), used -> Figures.of(used, false));
            team.add(facts.spans(caller, window, Slice.dailyBy(Dimension.DEVELOPER)), Figures::of);
            team.add(
                    facts.events(caller, window, Slice.dailyBy(Dimension.DEVELOPER)),
                    events -> Figures.ofEvents(events, 0));
            compared.forEach(period -> team.addBesides(facts, caller, period));
            return team;
        });
    }

    private <T> void add(List<Fact<T>> facts, Function<T, Figures> figures) {
        facts.forEach(fact -> days.computeIfAbsent(fact.day().orElseThrow(), day -> new TreeMap<>())
                .merge(fact.key().orElse(NOBODY), figures.apply(fact.figures()), Figures::plus));
    }

    private void addBesides(Facts facts, Caller caller, Period period) {
        Map<String, Figures> found = besides.computeIfAbsent(period, p -> new TreeMap<>());
        facts.usage(caller, period, Slice.by(Dimension.DEVELOPER, Dimension.PROJECT)).stream()
                .filter(fact -> fact.keys().get(1).isPresent())
                .forEach(fact -> found.merge(
                        fact.key().orElse(NOBODY), onlyAttributed(fact.figures().tokens()), Figures::plus));
        Map<LocalDate, Long> known = new HashMap<>();
        facts.usage(caller, period, Slice.dailyBy(Dimension.PROJECT)).stream()
                .filter(fact -> fact.key().isPresent())
                .forEach(fact ->
                        known.merge(fact.day().orElseThrow(), fact.figures().tokens(), Long::sum));
        known.forEach((day, tokens) -> attributed.put(
                day, (double) tokens / Math.max(1, on(day, Optional.empty()).tokens())));
        facts.events(caller, period, Slice.by(Dimension.DEVELOPER, Dimension.KIND)).stream()
                .filter(fact -> ANSWERS.contains(fact.keys().get(1).orElse("")))
                .forEach(fact ->
                        found.merge(fact.key().orElse(NOBODY), Figures.ofEvents(0, fact.figures()), Figures::plus));
    }

    private static Figures onlyAttributed(long tokens) {
        Figures none = Figures.NONE;
        return new Figures(0, 0, 0, 0, 0, 0, 0, 0, 0, tokens, 0, none.nanos(), none.estimatedNanos(), 0, 0, 0, 0, 0, 0);
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
        for (Map.Entry<String, Figures> entry :
                besides.getOrDefault(period, Map.of()).entrySet()) {
            sum = wanted.apply(entry.getKey()) ? sum.plus(entry.getValue()) : sum;
        }
        return sum;
    }

    private Map<LocalDate, Map<String, Figures>> within(Period period) {
        return ((TreeMap<LocalDate, Map<String, Figures>>) days).subMap(period.from(), true, period.to(), true);
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

    /** A metric on each day; 0 where nothing is known. */
    List<DayValue> daily(Metric metric, Period period, Optional<String> developer) {
        return period.days().stream()
                .map(day -> new DayValue(day, onDay(metric, day, period, developer)))
                .toList();
    }

    private double onDay(Metric metric, LocalDate day, Period period, Optional<String> developer) {
        return switch (metric) {
            case ACTIVE_DEVELOPERS -> active(new Period(day, day, period.calendar()));
            case ATTRIBUTION -> attributed.getOrDefault(day, 0.0);
            default -> metric.of(on(day, developer)).orElse(0.0);
        };
    }

    /** A metric of a period, whole. */
    Optional<Double> of(Metric metric, Period period) {
        return metric == Metric.ACTIVE_DEVELOPERS ? Optional.of((double) active(period)) : metric.of(team(period));
    }
}
