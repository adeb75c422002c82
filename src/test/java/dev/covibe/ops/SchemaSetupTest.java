package dev.covibe.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.covibe.testsupport.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class SchemaSetupTest {

    private static final Consumer<String> QUIET = message -> {};

    private final DatabaseAddress superuser = TestDatabase.empty();
    private final DatabaseAddress runtime = superuser
            .as(TestDatabase.runtime().user(), TestDatabase.runtime().password())
            .with("currentSchema", "covibe");

    @Test
    void from_nothing_it_makes_a_schema_that_the_server_accepts() {
        List<String> steps = SchemaSetup.apply(superuser, runtime, QUIET);

        assertThat(steps).anyMatch(step -> step.startsWith("create schema covibe"));
        StartChecks.require(runtime);
        assertThat(SchemaSetup.isCurrent(runtime)).isTrue();
    }

    @Test
    void a_second_run_finds_nothing_to_do() {
        SchemaSetup.apply(superuser, runtime, QUIET);

        assertThat(SchemaSetup.plan(superuser, runtime)).isEmpty();
        assertThat(SchemaSetup.apply(superuser, runtime, QUIET)).isEmpty();
    }

    @Test
    void two_runs_at_once_do_the_work_once() throws Exception {
        try (ExecutorService executor = Executors.newFixedThreadPool(4)) {
            List<Callable<List<String>>> runs = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                runs.add(() -> SchemaSetup.apply(superuser, runtime, QUIET));
            }
            int worked = 0;
            for (Future<List<String>> run : executor.invokeAll(runs)) {
                worked += run.get().isEmpty() ? 0 : 1;
            }
            assertThat(worked).isEqualTo(1);
        }
        StartChecks.require(runtime);
    }

    @Test
    void a_check_says_what_would_be_done_and_does_nothing() throws SQLException {
        assertThat(SchemaSetup.plan(superuser, runtime))
                .contains("create schema covibe owned by covibe_owner")
                .anyMatch(step -> step.matches("apply [0-9]+ migrations"));

        try (Connection connection = superuser.connect()) {
            assertThat(Schema.found(connection).tables()).isEmpty();
        }
    }

    @Test
    void a_spoiled_runtime_role_is_repaired() {
        DatabaseAddress spoiled = runtime.as("spoiled_app", "first-password");
        SchemaSetup.apply(superuser, spoiled, QUIET);
        TestDatabase.execute(superuser, "alter role spoiled_app bypassrls createdb password 'another'");
        TestDatabase.execute(superuser, "grant covibe_owner to spoiled_app");
        TestDatabase.execute(superuser, "revoke insert on covibe.tasks from spoiled_app");

        assertThat(SchemaSetup.apply(superuser, spoiled, QUIET))
                .contains(
                        "make role spoiled_app nobypassrls, nocreatedb",
                        "take role spoiled_app out of covibe_owner",
                        "set the password of role spoiled_app",
                        "open tables tasks");
        StartChecks.require(spoiled);
    }

    @Test
    void a_role_that_may_do_little_is_told_what_it_lacks() {
        TestDatabase.execute(superuser, "drop role if exists may_little");
        TestDatabase.execute(superuser, "create role may_little login password 'little'");

        assertThatThrownBy(() -> SchemaSetup.apply(superuser.as("may_little", "little"), runtime, QUIET))
                .isInstanceOf(Failure.class)
                .hasMessageStartingWith("The role may_little may not create schema covibe")
                .hasMessageContaining("run migrate as");
    }

    @Test
    void who_may_not_create_roles_owns_the_schema_itself_and_needs_the_runtime_role_to_be_there() throws SQLException {
        TestDatabase.execute(superuser, "drop role if exists lone_owner");
        TestDatabase.execute(superuser, "create role lone_owner login password 'lone'");
        String database = superuser.url().replaceFirst("^.*/", "");
        TestDatabase.execute(superuser, "grant create on database " + database + " to lone_owner");
        DatabaseAddress owner = superuser.as("lone_owner", "lone");

        assertThatThrownBy(() -> SchemaSetup.apply(owner, runtime.as("absent_app", "absent"), QUIET))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("create role absent_app");

        assertThat(SchemaSetup.apply(owner, runtime, QUIET)).isNotEmpty();
        StartChecks.require(runtime);
        assertThat(SchemaSetup.apply(owner, runtime, QUIET)).isEmpty();
        try (Connection connection = superuser.connect();
                var results = connection
                        .createStatement()
                        .executeQuery("select tableowner from pg_tables where tablename = 'tasks'"
                                + " and schemaname = 'covibe'")) {
            results.next();
            assertThat(results.getString(1)).isEqualTo("lone_owner");
        }
    }

    @Test
    void the_owner_and_the_runtime_role_must_differ() {
        assertThatThrownBy(() -> SchemaSetup.apply(superuser, superuser, QUIET))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("must not run as the role that owns");
    }

    @Test
    void a_wrong_password_is_one_sentence() {
        assertThatThrownBy(() -> SchemaSetup.apply(superuser.as("postgres", "wrong"), runtime, QUIET))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("does not accept the user postgres with this password");
    }

    @Test
    void a_migration_that_was_changed_afterwards_is_named() {
        SchemaSetup.apply(superuser, runtime, QUIET);
        TestDatabase.execute(
                superuser,
                "update covibe.flyway_schema_history set checksum = checksum + 1 where version = '0001';"
                        + " comment on schema covibe is null");

        assertThatThrownBy(() -> SchemaSetup.apply(superuser, runtime, QUIET))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("changed afterwards")
                .hasMessageContaining("0001");
    }
}
