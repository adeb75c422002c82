package dev.covibe.ops.maintain;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import dev.covibe.platform.chores.Chore;
import dev.covibe.testsupport.TestDatabase;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class MaintenanceTest {

    private static final Instant NOW = Instant.parse("2026-03-01T02:00:00Z");

    @Inject
    Maintenance all;

    @Inject
    MaintenanceRuns runs;

    @Inject
    AgroalDataSource dataSource;

    private final Counted chore = new Counted("of-a-test-" + Long.toString(System.nanoTime(), 36));

    private static final class Counted implements Chore {
        private final String name;
        private final AtomicInteger runs = new AtomicInteger();
        private volatile boolean fails;
        private volatile CountDownLatch wait = new CountDownLatch(0);

        private Counted(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Duration every() {
            return Duration.ofHours(1);
        }

        @Override
        public void run() {
            runs.incrementAndGet();
            try {
                wait.await();
            } catch (InterruptedException stopped) {
                throw new IllegalStateException(stopped);
            }
            if (fails) {
                throw new IllegalStateException("It stumbled.");
            }
        }
    }

    private Maintenance at(Instant now) {
        return new Maintenance(List.of(chore), runs, dataSource, Clock.fixed(now, ZoneOffset.UTC));
    }

    @AfterEach
    void forget() {
        TestDatabase.execute(
                TestDatabase.superuser(),
                "delete from covibe.maintenance_runs where chore like 'of-a-test-%' or chore = 'alerts'");
    }

    @Test
    void every_chore_of_the_server_can_be_done_and_is_written_down() {
        assertThat(all.chores())
                .extracting(Chore::name)
                .doesNotHaveDuplicates()
                .contains(
                        "alerts",
                        "event-counts",
                        "event-months",
                        "idempotency-keys",
                        "nightly-audits",
                        "outbox",
                        "outbox-forgetting",
                        "repricing",
                        "session-counts",
                        "session-sweep",
                        "telemetry-months",
                        "telemetry-retention",
                        "usage-totals");
        all.due();
        for (Chore each : all.chores()) {
            assertThat(all.run(each, false)).as(each.name()).isEqualTo(Maintenance.Outcome.DONE);
        }
        assertThat(all.due()).isEmpty();
    }

    @Test
    void what_was_done_is_due_again_when_its_time_has_passed_and_not_before() {
        assertThat(at(NOW).due()).containsExactly(chore);
        assertThat(at(NOW).run(chore, true)).isEqualTo(Maintenance.Outcome.DONE);

        assertThat(at(NOW.plus(Duration.ofMinutes(59))).due()).isEmpty();
        assertThat(at(NOW.plus(Duration.ofMinutes(59))).run(chore, true)).isEqualTo(Maintenance.Outcome.NOT_DUE);
        assertThat(at(NOW.plus(Duration.ofDays(9))).due())
                .as("a run that was missed")
                .containsExactly(chore);
        assertThat(chore.runs).hasValue(1);
    }

    @Test
    void a_chore_that_failed_is_tried_again_soon_and_a_success_forgets_it() {
        at(NOW).due();
        chore.fails = true;
        assertThat(at(NOW).run(chore, true)).isEqualTo(Maintenance.Outcome.FAILED);
        assertThat(at(NOW.plus(Duration.ofMinutes(4))).due()).isEmpty();
        assertThat(at(NOW.plus(Duration.ofMinutes(5))).due()).containsExactly(chore);

        chore.fails = false;
        assertThat(at(NOW.plus(Duration.ofMinutes(5))).run(chore, true)).isEqualTo(Maintenance.Outcome.DONE);
        assertThat(at(NOW.plus(Duration.ofMinutes(20))).due()).isEmpty();
    }

    @Test
    void instances_that_come_at_once_do_it_once() throws Exception {
        at(NOW).due();
        chore.wait = new CountDownLatch(1);
        try (ExecutorService instances = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Maintenance.Outcome>> outcomes = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                outcomes.add(instances.submit(() -> at(NOW).run(chore, true)));
            }
            while (outcomes.stream().filter(Future::isDone).count() < 3) {
                Thread.sleep(10);
            }
            chore.wait.countDown();
            assertThat(outcomes.stream().map(MaintenanceTest::get))
                    .containsOnlyOnce(Maintenance.Outcome.DONE)
                    .filteredOn(Maintenance.Outcome.ELSEWHERE::equals)
                    .hasSize(3);
        }
        assertThat(chore.runs).hasValue(1);
    }

    @Test
    void an_instance_that_died_in_the_middle_holds_nobody_up() throws SQLException, InterruptedException {
        at(NOW).due();
        try (Connection dying = TestDatabase.runtime().connect()) {
            dying.createStatement()
                    .execute("select pg_advisory_lock(hashtext('covibe.chore'), hashtext('" + chore.name() + "'))");
            assertThat(at(NOW).run(chore, true)).isEqualTo(Maintenance.Outcome.ELSEWHERE);
        }
        Maintenance.Outcome outcome = Maintenance.Outcome.ELSEWHERE;
        for (int i = 0; i < 100 && outcome == Maintenance.Outcome.ELSEWHERE; i++) {
            // PostgreSQL notices a moment later that a connection has gone.
            Thread.sleep(20);
            outcome = at(NOW).run(chore, true);
        }
        assertThat(outcome).isEqualTo(Maintenance.Outcome.DONE);
    }

    @Test
    void health_names_what_has_not_succeeded_for_too_long_and_serves_on() throws InterruptedException {
        TestDatabase.execute(
                TestDatabase.superuser(),
                "insert into covibe.maintenance_runs (chore, every, known_since) values ('" + chore.name()
                        + "', interval '1 hour', now() - interval '4 hours')");
        Thread.sleep(1100);
        given().get("/api/health")
                .then()
                .statusCode(200)
                .body("status", equalTo("ok"))
                .body("maintenance.late", hasItem(chore.name()));

        all.run(chore, false);
        Thread.sleep(1100);
        given().get("/api/health").then().body("maintenance.late", not(hasItem(chore.name())));
    }

    private static Maintenance.Outcome get(Future<Maintenance.Outcome> outcome) {
        try {
            return outcome.get();
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }
}
