package dev.covibe.ops.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.covibe.agents.daily.SessionDays;
import dev.covibe.agents.daily.UsageDays;
import dev.covibe.agents.prices.PriceBook;
import dev.covibe.identity.Caller;
import dev.covibe.identity.Joining;
import dev.covibe.insight.facts.EventDays;
import dev.covibe.overlap.Overlaps;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.platform.sql.Sql;
import dev.covibe.tenancy.Place;
import dev.covibe.tenancy.Transactions;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Fills a workspace with eight weeks of a team's work (OPS-12), in one transaction: all of it is there, or nothing. The
 * same seed and last day tell the same story; only keys differ from workspace to workspace.
 */
@ApplicationScoped
class Filling {

    /** The company that the story is about. It is made where it is missing, so nobody else's company gets its people. */
    static final String COMPANY = "Fernway";

    private static final int MOST = 100;
    private static final double TRACED_OF_MANY = 0.2;

    private final Joining joining;
    private final Transactions transactions;
    private final Sql sql;
    private final AgroalDataSource dataSource;
    private final PriceBook prices;
    private final Overlaps overlaps;
    private final SessionDays sessionDays;
    private final UsageDays usageDays;
    private final EventDays eventDays;
    private final ObjectMapper json;
    private final Clock clock;

    Filling(
            Joining joining,
            Transactions transactions,
            Sql sql,
            AgroalDataSource dataSource,
            PriceBook prices,
            Overlaps overlaps,
            SessionDays sessionDays,
            UsageDays usageDays,
            EventDays eventDays,
            ObjectMapper json,
            Clock clock) {
        this.joining = joining;
        this.transactions = transactions;
        this.sql = sql;
        this.dataSource = dataSource;
        this.prices = prices;
        this.overlaps = overlaps;
        this.sessionDays = sessionDays;
        this.usageDays = usageDays;
        this.eventDays = eventDays;
        this.json = json;
        this.clock = clock;
    }

    /**
     * @param company whose workspace it is
     * @param scale how many times the history is as long as a team of eleven makes it, 1 to 100
     * @param until the last day; empty: today
     */
    record Wish(String company, String workspace, long seed, int scale, Optional<LocalDate> until) {}

    /** How much there is now. */
    record Filled(Place place, List<Person> people, int tasks, long sessions, long events) {}

    /** @throws Refusal when the workspace has work already, or the wish is out of range */
    Filled fill(Wish wish) {
        if (wish.scale() < 1 || wish.scale() > MOST) {
            throw Refusal.invalidField("/scale", "--scale is 1 to " + MOST + ".");
        }
        Instant now = clock.instant();
        LocalDate today = LocalDate.ofInstant(now, Weeks.ZONE);
        LocalDate last = wish.until().orElse(today);
        if (last.isAfter(today) || last.isBefore(today.minusYears(5))) {
            throw Refusal.invalidField("/until", "--until is a day of the last five years, at the latest today.");
        }
        List<Person> people = new ArrayList<>();
        Place place = null;
        for (Person person : Team.people()) {
            Caller caller = joining.seat(person.email(), wish.workspace(), Optional.of(wish.company()));
            if (place == null) {
                refuseIfInUse(caller, wish);
            }
            place = caller.place();
            people.add(person.seated(caller.developerId(), caller.handle()));
        }
        Place found = place;
        Weeks weeks = Weeks.until(last, now);
        Filled filled = transactions.in(found, () -> write(found, people, weeks, wish));
        sessionDays.catchUp().all(found);
        usageDays.catchUp().all(found);
        eventDays.catchUp().all(found);
        return filled;
    }

    private void refuseIfInUse(Caller caller, Wish wish) {
        boolean used = transactions.in(
                caller.place(),
                () -> sql.one("""
                        select exists (select from projects where workspace_id = ?)
                            or exists (select from agent_sessions where workspace_id = ?) as used
                        """, row -> row.bool("used"), caller.workspaceId(), caller.workspaceId()));
        if (used) {
            throw Refusal.conflict(
                    "demo.workspace-in-use",
                    "The workspace " + wish.workspace() + " of " + wish.company()
                            + " has work in it already, and the demo adds to nobody's work. Name another with"
                            + " --workspace, or start afresh with `./covibe up --reset`.");
        }
    }

    private Filled write(Place place, List<Person> people, Weeks weeks, Wish wish) {
        UUID workspaceId = place.workspaceId();
        introduce(place, people, weeks);
        Chance chance = Chance.of(wish.seed(), workspaceId);
        Copies copies = new Copies(dataSource);
        Events events = new Events(chance.part("events"), workspaceId, json, copies);
        List<Material.Stream> streams = Material.streams();
        List<Job> jobs = new Schedule(weeks, people, chance.part("schedule"), streams).make(wish.scale());
        PlanRows plan = new PlanRows(weeks, chance.part("plan"), workspaceId, people, events, copies);
        plan.write(streams, jobs);
        Afterwards afterwards = new Afterwards(weeks, chance.part("afterwards"), workspaceId, people, events, copies);
        afterwards.agents();
        GraphRows graph = new GraphRows(weeks, chance.part("graph"), workspaceId, copies);
        graph.write(people, jobs);
        List<Sitting> sittings = new Sittings(weeks, people, chance.part("sittings")).make(jobs, wish.scale());
        SittingRows rows = new SittingRows(
                weeks, chance.part("rows"), workspaceId, events, plan::stream, graph.repositories(), copies);
        // A long history is sampled, as teams do it too: there would be more steps than events.
        double traced = wish.scale() == 1 ? 1 : TRACED_OF_MANY;
        Telemetry telemetry = new Telemetry(place, weeks, chance.part("telemetry"), prices, traced, copies);
        for (Sitting sitting : sittings) {
            rows.write(sitting);
            telemetry.of(sitting);
        }
        new TalkRows(weeks, chance.part("talk"), workspaceId, people, jobs, plan::stream, events, copies).write();
        afterwards.overlaps(jobs, plan);
        afterwards.audits((int) jobs.stream().filter(job -> job.ended.isEmpty()).count());
        afterwards.alerts();
        overlaps.leaveAll(place, plan.footprints());
        overlaps.hold(place, rows.held());
        copies.insert();
        Afterwards.rollUp(sql, workspaceId, weeks.zone());
        return new Filled(place, people, jobs.size(), sittings.size(), events.count());
    }

    /** Names, the time zone, and the months that the rows fall into. */
    private void introduce(Place place, List<Person> people, Weeks weeks) {
        sql.update(
                "update workspaces set time_zone = ? where id = ?", weeks.zone().getId(), place.workspaceId());
        Instant joined = weeks.first().atStartOfDay(weeks.zone()).toInstant().minus(Duration.ofDays(9));
        for (Person person : people) {
            sql.update(
                    "update developers set name = ? where id = ? and name = split_part(email, '@', 1)",
                    person.name(),
                    person.id());
            sql.update(
                    "update workspace_members set joined_at = ? where workspace_id = ? and developer_id = ?",
                    joined,
                    place.workspaceId(),
                    person.id());
        }
        for (String partitions : List.of("ensure_event_partitions", "ensure_telemetry_partitions")) {
            sql.call("select " + partitions + "(?, ?)", weeks.first().minusDays(7), weeks.last());
        }
    }
}
