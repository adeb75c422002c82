package dev.covibe.ops.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Which agent sat down when, for whom and on what; some with agents of their own. */
final class Sittings {

    /** Sessions of the eight weeks at scale 1: nine on a working day of each of eleven people. */
    static final int MANY = 4_000;

    private static final double ON_THE_SIDE = 0.07;
    private static final double SPLIT = 0.22;

    private final Weeks weeks;
    private final List<Person> people;
    private final Chance chance;
    private final List<Sitting> sittings = new ArrayList<>();

    Sittings(Weeks weeks, List<Person> people, Chance chance) {
        this.weeks = weeks;
        this.people = people;
        this.chance = chance;
    }

    List<Sitting> make(List<Job> jobs, int scale) {
        List<Job> taken = jobs.stream().filter(job -> job.started.isPresent()).toList();
        double all = taken.stream().mapToDouble(this::hours).sum();
        double wanted = (double) MANY * scale * (1 - ON_THE_SIDE) / (1 + SPLIT);
        for (Job job : taken) {
            long many = Math.max(1, Math.round(wanted * hours(job) / all));
            for (int i = 0; i < many; i++) {
                on(job, i == many - 1);
            }
        }
        for (int i = 0; i < MANY * scale * ON_THE_SIDE; i++) {
            aside();
        }
        nightly();
        spikes();
        stillOpen(taken);
        // Stable, so that no key decides what comes first.
        sittings.sort(Comparator.comparing(Sitting::started));
        return sittings;
    }

    private double hours(Job job) {
        Instant end = job.ended.orElse(weeks.end());
        double days = Duration.between(job.started.orElseThrow(), end).toMinutes() / 1440.0;
        return 2 + Math.min(days, 6) * 7;
    }

    private void on(Job job, boolean last) {
        Person person = job.owner.orElseThrow();
        Instant begin = job.started.orElseThrow();
        Instant end = job.review.or(() -> job.ended).orElse(weeks.end());
        Optional<Instant> start = workingMoment(person, begin, end);
        if (start.isEmpty()) {
            return;
        }
        Instant ends = min(
                start.get().plusSeconds(chance.between(360, 3300)), weeks.end().minusSeconds(90));
        String outcome = last && job.ended.isPresent() ? "done" : outcome();
        Sitting sitting =
                sitting(person, agent(person), Optional.of(job), job.work.project(), start.get(), ends, outcome);
        if (chance.happens(SPLIT)) {
            Instant from = sitting.within(chance.between(0.1, 0.5));
            add(sitting, from, sitting.within(chance.between(0.6, 0.95)));
        }
    }

    private String outcome() {
        int of = chance.between(0, 100);
        return of < 55 ? "done" : of < 88 ? "partial" : of < 95 ? "failed" : "abandoned";
    }

    private Person.Agent agent(Person person) {
        return chance.favourite(person.agents().stream()
                .filter(agent -> !agent.name().equals(Team.Agents.NIGHTLY))
                .toList());
    }

    private String model(Person.Agent agent, Instant at) {
        if (agent.provider().equals("openai") && chance.happens(0.3) && weeks.week(weeks.day(at)) >= 4) {
            return "gpt-6-luna";
        }
        if (agent.type().equals("cursor") && chance.happens(0.04)) {
            return "qwen-4-coder";
        }
        return agent.provider().equals("anthropic") && chance.happens(0.12) ? "claude-haiku-4-5" : agent.model();
    }

    private Sitting sitting(
            Person person,
            Person.Agent agent,
            Optional<Job> job,
            String project,
            Instant start,
            Instant end,
            String outcome) {
        Sitting sitting = new Sitting(
                chance.id(start),
                person,
                agent,
                model(agent, start),
                job,
                project,
                Optional.empty(),
                start,
                end,
                Optional.of(end),
                Optional.of(outcome));
        sittings.add(sitting);
        return sitting;
    }

    /** An agent that another agent started. */
    private void add(Sitting parent, Instant from, Instant to) {
        sittings.add(new Sitting(
                chance.id(from),
                parent.person(),
                parent.agent(),
                parent.model(),
                parent.job(),
                parent.project(),
                Optional.of(parent.id()),
                from,
                to,
                Optional.of(to),
                Optional.of(chance.happens(0.9) ? "done" : "partial")));
    }

    /** Small things that nobody planned: a question about the code, a look at a log. */
    private void aside() {
        Person person = chance.one(people);
        workingMoment(person, weeks.opens(person, weeks.first()), weeks.end())
                .ifPresent(start -> sitting(
                        person,
                        agent(person),
                        Optional.empty(),
                        chance.one(person.home()),
                        start,
                        min(
                                start.plusSeconds(chance.between(120, 900)),
                                weeks.end().minusSeconds(60)),
                        chance.happens(0.8) ? "done" : "partial"));
    }

    /** One agent works at night, and in the last two nights it fails. */
    private void nightly() {
        for (Person person : people) {
            Optional<Person.Agent> agent = person.agents().stream()
                    .filter(one -> one.name().equals(Team.Agents.NIGHTLY))
                    .findFirst();
            if (agent.isEmpty()) {
                continue;
            }
            for (LocalDate day : weeks.days()) {
                boolean fails = !day.isBefore(weeks.last().minusDays(1));
                for (int i = 0; i < (fails ? 3 : 1); i++) {
                    Instant start =
                            day.atTime(3, 4 + 7 * i).atZone(weeks.zone()).toInstant();
                    if (!weeks.isOver(start.plusSeconds(600))) {
                        sitting(
                                person,
                                agent.get(),
                                Optional.empty(),
                                "INFRA",
                                start,
                                start.plusSeconds(chance.between(180, 400)),
                                fails ? "failed" : "done");
                    }
                }
            }
        }
    }

    /** A day on which somebody let the large model loose on everything: in the fifth week, and on the last day. */
    private void spikes() {
        spike("diego", weeks.first().plusDays(29));
        spike("priya", weeks.last());
    }

    private void spike(String handle, LocalDate day) {
        Person person = people.stream()
                .filter(one -> one.name().toLowerCase(java.util.Locale.ROOT).startsWith(handle))
                .findFirst()
                .orElseThrow();
        Person.Agent agent = person.agents().stream()
                .filter(one -> one.type().equals("claude-code"))
                .reduce((one, next) -> next)
                .orElseThrow();
        for (int i = 0; i < 22; i++) {
            Instant start = weeks.opens(person, day).plusSeconds(chance.between(0, 5 * 3600));
            Instant end = start.plusSeconds(1500);
            if (!weeks.isOver(end)) {
                sittings.add(new Sitting(
                        chance.id(start),
                        person,
                        agent,
                        "claude-opus-5-5",
                        Optional.empty(),
                        person.home().getFirst(),
                        Optional.empty(),
                        start,
                        end,
                        Optional.of(end),
                        Optional.of("partial")));
            }
        }
    }

    /** Who is at work at the end: most of them with a sign of life just now, two quiet, one silent for too long. */
    private void stillOpen(List<Job> taken) {
        List<Job> open = taken.stream().filter(Job::isUnderWay).limit(9).toList();
        for (int i = 0; i < open.size(); i++) {
            Job job = open.get(i);
            Person person = job.owner.orElseThrow();
            int silent = i < 6 ? chance.between(5, 200) : i < 8 ? chance.between(700, 1300) : 5400;
            Instant seen = weeks.end().minusSeconds(silent);
            Instant start = seen.minusSeconds(chance.between(600, 2600));
            Person.Agent agent = person.agents().get(i % person.agents().size());
            sittings.add(new Sitting(
                    chance.id(start),
                    person,
                    agent,
                    agent.model(),
                    Optional.of(job),
                    job.work.project(),
                    Optional.empty(),
                    start,
                    seen,
                    Optional.empty(),
                    Optional.empty()));
        }
    }

    private Optional<Instant> workingMoment(Person person, Instant from, Instant to) {
        List<LocalDate> days = weeks.day(from)
                .datesUntil(weeks.day(to).plusDays(1))
                .filter(day -> weeks.works(person, day))
                .toList();
        for (int attempt = 0; attempt < 6 && !days.isEmpty(); attempt++) {
            LocalDate day = chance.one(days);
            Instant opens = max(weeks.opens(person, day), from);
            Instant closes = min(weeks.closes(person, day), min(to, weeks.end().minusSeconds(420)));
            long seconds = Duration.between(opens, closes).toSeconds();
            if (seconds > 60) {
                return Optional.of(opens.plusSeconds(chance.between(0, (int) seconds)));
            }
        }
        return Optional.empty();
    }

    private static Instant min(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static Instant max(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
