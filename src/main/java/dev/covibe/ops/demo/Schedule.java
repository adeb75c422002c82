package dev.covibe.ops.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who did what when. Everybody keeps two pieces of work going; whoever is free first takes the next one of their
 * projects. In the seventh week a firewall change cuts Ledger and Booking off the carriers' sandboxes, and little moves.
 */
final class Schedule {

    static final int BLOCKED_WEEK = 6;

    private static final int LANES = 2;
    private static final List<String> PRIORITIES = List.of("medium", "high", "low", "none", "urgent");

    private final Weeks weeks;
    private final List<Person> people;
    private final Chance chance;
    private final List<Material.Stream> streams;
    private final Map<Person, Instant[]> lanes = new HashMap<>();
    private final List<Job> jobs = new ArrayList<>();

    Schedule(Weeks weeks, List<Person> people, Chance chance, List<Material.Stream> streams) {
        this.weeks = weeks;
        this.people = people;
        this.chance = chance;
        this.streams = streams;
        for (Person person : people) {
            Instant[] free = new Instant[LANES];
            for (int lane = 0; lane < LANES; lane++) {
                free[lane] = weeks.opens(person, weeks.first()).plus(Duration.ofMinutes(chance.between(10, 180)));
            }
            lanes.put(person, free);
        }
    }

    private record Wanted(Material.Work work, double week) {}

    /** @param scale how many times the small work of every day is done */
    List<Job> make(int scale) {
        List<Wanted> wanted = new ArrayList<>();
        Map<String, Integer> places = new HashMap<>();
        List<Material.Work> work = Material.work();
        for (Material.Work one : work) {
            int place = places.merge(one.stream(), 1, Integer::sum) - 1;
            long all = work.stream()
                    .filter(other -> other.stream().equals(one.stream()))
                    .count();
            wanted.add(new Wanted(one, week(one, (double) place / all)));
        }
        for (Material.Work chore : Material.chores()) {
            // Some of it is for the days to come, so that there is something to take.
            wanted.add(new Wanted(chore, chance.between(0, weeks.length() + 0.5)));
        }
        wanted.stream().sorted(Comparator.comparingDouble(Wanted::week)).forEach(this::schedule);
        Material.talk("same").forEach(this::twice);
        for (int round = 2; round <= scale; round++) {
            history(round);
        }
        number();
        return jobs;
    }

    private double week(Material.Work work, double share) {
        double lastWeek = weeks.week(weeks.last());
        if (work.stream().isEmpty()) {
            return work.summary().isEmpty() ? lastWeek : chance.between(0, lastWeek);
        }
        Material.Stream stream = stream(work);
        double begin = stream.first() + share * (stream.last() - stream.first()) * 0.75;
        // What has no result yet is still going on at the end, or waits.
        boolean late = work.summary().isEmpty() && begin < lastWeek - 0.2;
        return late ? lastWeek - chance.between(0.1, 0.6) + share : begin;
    }

    private Material.Stream stream(Material.Work work) {
        return streams.stream()
                .filter(stream -> stream.key().equals(work.stream()))
                .findFirst()
                .orElseThrow();
    }

    private void schedule(Wanted wanted) {
        Material.Work work = wanted.work();
        Instant due = weeks.at(Math.max(0, wanted.week()));
        Person planner = chance.one(people);
        Instant planned = planned(planner, due);
        Job job = new Job(
                work, chance.id(planned), planner, planned, chance.favourite(PRIORITIES), 30 * chance.between(2, 33));
        jobs.add(job);
        boolean given = !work.stream().isEmpty() && stream(work).end().equals("cancelled");
        job.backlog = due.isAfter(weeks.end().plus(Duration.ofDays(8)));
        Person owner = free(work.project());
        Instant[] free = lanes.get(owner);
        int lane = free[0].isBefore(free[1]) ? 0 : 1;
        Instant from = free[lane].isAfter(due) ? free[lane] : due;
        Instant start = weeks.working(owner, from).plus(Duration.ofMinutes(chance.between(2, 25)));
        if (given && !weeks.isOver(weeks.at(stream(work).last()))) {
            job.cancelled = true;
            job.ended = Optional.of(weeks.at(stream(work).last()).plusSeconds(chance.between(60, 3000)));
            job.summary = work.summary();
            if (start.isBefore(job.ended.get().minusSeconds(7200))) {
                job.owner = Optional.of(owner);
                job.started = Optional.of(start);
                free[lane] = job.ended.get();
            }
            return;
        }
        if (weeks.isOver(start)) {
            return;
        }
        job.owner = Optional.of(owner);
        job.started = Optional.of(start);
        Instant built = weeks.later(owner, start, hours(work, start));
        Instant done = weeks.later(owner, built, chance.between(0.4, 6.0));
        free[lane] = built;
        if (!weeks.isOver(built) && chance.happens(0.7)) {
            job.review = Optional.of(built);
        }
        if (!weeks.isOver(done) && !work.summary().isEmpty()) {
            job.ended = Optional.of(done);
            job.summary = work.summary();
        }
    }

    private double hours(Material.Work work, Instant start) {
        boolean blocked = weeks.week(weeks.day(start)) == BLOCKED_WEEK
                && (work.project().equals("LEDGER") || work.project().equals("BOOK"));
        double usual = work.stream().isEmpty() ? chance.between(3.0, 13.0) : chance.between(7.0, 26.0);
        return blocked ? usual * 2.2 : usual;
    }

    /** Work is planned a few days before it begins. */
    private Instant planned(Person planner, Instant due) {
        Instant before = due.minus(Duration.ofHours(chance.between(3, 110)));
        Instant opening = weeks.opening().plus(Duration.ofMinutes(chance.between(5, 200)));
        Instant planned = before.isBefore(opening) ? opening : weeks.working(planner, before);
        Instant latest = due.isBefore(weeks.end()) ? due : weeks.end();
        return planned.isBefore(latest) ? planned : latest.minus(Duration.ofMinutes(chance.between(3, 200)));
    }

    private Person free(String project) {
        return people.stream()
                .filter(person -> person.home().contains(project))
                .min(Comparator.comparing((Person person) -> earliest(person))
                        .thenComparing(person -> person.home().indexOf(project))
                        .thenComparing(Person::handle))
                .orElseThrow();
    }

    private Instant earliest(Person person) {
        Instant[] free = lanes.get(person);
        return free[0].isBefore(free[1]) ? free[0] : free[1];
    }

    /** Work that somebody planned although it was under way, and gave up when the audit showed it. */
    private void twice(Material.Line pair) {
        Optional<Job> original = jobs.stream()
                .filter(job -> job.work.title().equals(pair.cell(2)) && job.started.isPresent())
                .findFirst();
        if (original.isEmpty()) {
            return;
        }
        Job first = original.get();
        Person planner = chance.one(people);
        Instant planned = weeks.later(planner, first.started.orElseThrow(), chance.between(1.0, 6.0));
        Instant ended = weeks.later(planner, planned, chance.between(2.0, 12.0));
        if (weeks.isOver(ended)) {
            return;
        }
        Material.Work again = new Material.Work(
                "",
                pair.cell(0),
                first.work.paths(),
                List.of(),
                pair.cell(1),
                "Seen by support more than once this week.",
                "The same work as “" + first.work.title() + "”; joined there.");
        Job job = new Job(again, chance.id(planned), planner, planned, "medium", 120);
        job.cancelled = true;
        job.ended = Optional.of(ended);
        job.summary = again.summary();
        jobs.add(job);
    }

    /** More of the same, as it was done before: for a workspace with a long history. */
    private void history(int round) {
        for (Material.Work chore : Material.chores()) {
            if (!chance.happens(0.4)) {
                continue;
            }
            Material.Work again = new Material.Work(
                    "",
                    chore.project(),
                    chore.paths(),
                    chore.labels(),
                    chore.title() + ", round " + round,
                    chore.description(),
                    chore.summary());
            Instant start = weeks.at(chance.between(0, Weeks.MANY - 1.3));
            Person planner = chance.one(people);
            Instant planned = planned(planner, start);
            Person owner = chance.one(people.stream()
                    .filter(person -> person.home().contains(chore.project()))
                    .toList());
            Job job = new Job(again, chance.id(planned), planner, planned, "medium", 120);
            start = weeks.working(owner, start);
            Instant done = weeks.later(owner, start, chance.between(2.0, 12.0));
            if (!weeks.isOver(done)) {
                job.owner = Optional.of(owner);
                job.started = Optional.of(start);
                job.ended = Optional.of(done);
                job.summary = chore.summary();
                jobs.add(job);
            }
        }
    }

    private void number() {
        Map<String, Integer> last = new HashMap<>();
        jobs.sort(Comparator.comparing((Job job) -> job.planned).thenComparing(job -> job.work.title()));
        for (Job job : jobs) {
            job.number = last.merge(job.work.project(), 1, Integer::sum);
            job.key = job.work.project() + "-" + job.number;
        }
    }
}
