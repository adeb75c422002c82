package dev.covibe.ops;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.covibe.testsupport.Fixtures;
import dev.covibe.testsupport.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator does on a bad day: a backup while people work, and a new cluster that has never seen them (OPS-10). */
@QuarkusTest
class BackupRestoreTest {

    @Inject
    Fixtures fixtures;

    @TempDir
    Path directory;

    private static Environment environment(DatabaseAddress owner, DatabaseAddress runtime) {
        return new Environment(Map.of(
                "COVIBE_DATABASE_URL", owner.url(),
                "COVIBE_DATABASE_USER", runtime.user(),
                "COVIBE_DATABASE_PASSWORD", runtime.password(),
                "COVIBE_OWNER_DATABASE_USER", owner.user(),
                "COVIBE_OWNER_DATABASE_PASSWORD", owner.password()));
    }

    private static int covibe(DatabaseAddress owner, DatabaseAddress runtime, String... arguments) {
        return CovibeCommand.run(environment(owner, runtime), arguments);
    }

    @Test
    void a_database_under_load_comes_back_whole_in_a_new_cluster_with_its_roles_and_policies() throws Exception {
        Fixtures.Workspace workspace = fixtures.workspace();
        Fixtures.Workspace stranger = fixtures.workspace();
        Path file = directory.resolve("covibe.backup");
        DatabaseAddress source = TestDatabase.superuser();
        try (Load load = new Load(workspace)) {
            load.awaitTasks(20);
            assertThat(covibe(source, TestDatabase.runtime(), "backup", file.toString()))
                    .isZero();
            load.awaitTasks(25);
        }
        plan(stranger);
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(covibe(source, TestDatabase.runtime(), "backup", file.toString()))
                .as("an older backup is not written over")
                .isEqualTo(ExitCodes.USAGE);

        LocalDatabase postgres = LocalDatabase.require();
        Path home = Path.of("target", "restored-" + System.nanoTime()).toAbsolutePath();
        try (LocalDatabase.Running cluster = postgres.start(home, LocalDatabase.Durability.DISPOSABLE, message -> {})) {
            DatabaseAddress superuser = cluster.superuser();
            // As on a hosted PostgreSQL: whoever migrates may make roles, and is no superuser.
            TestDatabase.execute(superuser, "create role migrator login createrole password 'of-a-test'");
            TestDatabase.execute(superuser, "create database restored owner migrator");
            DatabaseAddress owner =
                    new DatabaseAddress(superuser.url().replaceFirst("/[a-z]+$", "/restored"), "migrator", "of-a-test");
            DatabaseAddress runtime =
                    owner.as("covibe_app", "runtime-of-a-test").with("currentSchema", SchemaSetup.SCHEMA);

            assertThat(covibe(owner, runtime, "restore", file.toString()))
                    .as("there is no schema yet")
                    .isEqualTo(ExitCodes.FAILED);
            assertThat(covibe(owner, runtime, "migrate")).isZero();
            assertThat(covibe(owner, runtime, "restore", file.toString())).isZero();

            DatabaseAddress everything = owner.as(superuser.user(), superuser.password());
            everythingIsThere(everything, workspace);
            nobodySeesMoreThanBefore(source, everything, runtime, workspace, stranger);
            theLogGoesOn(everything, runtime, workspace);
            StartChecks.require(runtime);
            assertThat(SchemaSetup.plan(owner, runtime)).isEmpty();
            assertThat(covibe(owner, runtime, "restore", file.toString()))
                    .as("a database with work in it is not written over")
                    .isEqualTo(ExitCodes.FAILED);
            assertThat(covibe(
                            owner, runtime, "backup", directory.resolve("again").toString()))
                    .as("who is no superuser can make backups too")
                    .isZero();
        } finally {
            postgres.delete(home);
        }
    }

    /** One transaction plans a task and writes its event: a snapshot has both or neither. */
    private static void everythingIsThere(DatabaseAddress restored, Fixtures.Workspace workspace) throws SQLException {
        long tasks = number(restored, "select count(*) from covibe.tasks where workspace_id = '%s'", workspace);
        assertThat(tasks).isGreaterThanOrEqualTo(20);
        assertThat(number(restored, """
                        select count(*) from covibe.tasks t
                         where workspace_id = '%s'
                           and 1 <> (select count(*) from covibe.work_events e
                                      where e.subject_id = t.id and e.kind = 'planned')
                        """, workspace)).isZero();
        assertThat(number(restored, """
                        select count(*) from covibe.work_events e
                         where workspace_id = '%s' and e.kind = 'planned' and e.subject_kind = 'task'
                           and not exists (select from covibe.tasks t where t.id = e.subject_id)
                        """, workspace)).isZero();
    }

    private static final String SHAPE = """
            select string_agg(line, e'\\n' order by line) from (
                select format('policy %s.%s %s %s %s %s', tablename, policyname, cmd, roles, qual, with_check) as line
                  from pg_policies where schemaname = 'covibe'
                union all
                select format('table %s %s %s', relname, relrowsecurity, relforcerowsecurity)
                  from pg_class where relnamespace = 'covibe'::regnamespace and relkind in ('r', 'p')
                                  and not relispartition
                union all
                select format('partition %s %s', relname, has_table_privilege('covibe_app', oid, 'select, insert'))
                  from pg_class where relnamespace = 'covibe'::regnamespace and relkind = 'r' and relispartition
                                  and relname !~ '_(20[01]|2026|2027|2099)'
                union all
                select format('constraint %s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
                  from pg_constraint where connamespace = 'covibe'::regnamespace and conparentid = 0
                union all
                select format('trigger %s %s %s', tgrelid::regclass, tgname, tgenabled)
                  from pg_trigger where not tgisinternal and tgparentid = 0) lines
            """;

    private static void nobodySeesMoreThanBefore(
            DatabaseAddress source,
            DatabaseAddress restored,
            DatabaseAddress runtime,
            Fixtures.Workspace workspace,
            Fixtures.Workspace stranger)
            throws SQLException {
        assertThat(text(restored, SHAPE)).isEqualTo(text(source, SHAPE));
        try (Connection connection = runtime.connect();
                Statement statement = connection.createStatement()) {
            assertThat(number(statement, "select count(*) from tasks"))
                    .as("without a workspace")
                    .isZero();
            statement.execute("select set_config('covibe.workspace_id', '"
                    + workspace.admin().workspaceId() + "', false)");
            assertThat(number(statement, "select count(*) from tasks")).isGreaterThanOrEqualTo(20);
            assertThat(number(
                            statement,
                            "select count(*) from tasks where workspace_id <> '"
                                    + workspace.admin().workspaceId() + "'"))
                    .isZero();
            statement.execute("select set_config('covibe.workspace_id', '"
                    + stranger.admin().workspaceId() + "', false)");
            assertThat(number(statement, "select count(*) from tasks"))
                    .as("what was planned after the backup")
                    .isZero();
            assertThatThrownBy(() -> statement.execute("set role covibe_backup"))
                    .isInstanceOf(SQLException.class);
        }
    }

    /** Transactions are counted from the beginning in a new cluster, and the log is ordered by them. */
    private static void theLogGoesOn(DatabaseAddress everything, DatabaseAddress runtime, Fixtures.Workspace workspace)
            throws SQLException {
        assertThat(number(everything, """
                        select count(*) from covibe.work_events
                         where tx >= pg_snapshot_xmin(pg_current_snapshot())::text::bigint
                        """, workspace))
                .as("events that nobody would be shown for a long time")
                .isZero();
        String story =
                "select string_agg(subject_key, ' ' order by tx, seq) from covibe.work_events where workspace_id = '"
                        + workspace.admin().workspaceId() + "' and kind = 'planned'";
        // Whoever was in the middle of a transaction at the backup has added to the source since, also between these.
        assertThat(text(TestDatabase.superuser(), story).split(" "))
                .as("the order of the log")
                .containsSubsequence(text(everything, story).split(" "));
        try (Connection connection = runtime.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("select set_config('covibe.workspace_id', '"
                    + workspace.admin().workspaceId() + "', false)");
            statement.execute("""
                    insert into work_events (workspace_id, at, id, kind, subject_kind, subject_id, subject_key, developer_id, payload)
                    select workspace_id, now(), gen_random_uuid(), kind, subject_kind, subject_id, 'NEW-1', developer_id, payload
                      from work_events where kind = 'planned' limit 1
                    """);
            try (ResultSet newest =
                    statement.executeQuery("select subject_key from work_events order by tx desc, seq desc limit 1")) {
                newest.next();
                assertThat(newest.getString(1)).as("the newest event").isEqualTo("NEW-1");
            }
        }
    }

    @Test
    void a_backup_that_is_damaged_or_does_not_fit_changes_nothing() throws IOException {
        fixtures.workspace();
        Path file = directory.resolve("covibe.backup");
        assertThat(covibe(TestDatabase.superuser(), TestDatabase.runtime(), "backup", file.toString()))
                .isZero();
        DatabaseAddress superuser = TestDatabase.empty();
        DatabaseAddress runtime = superuser
                .as(TestDatabase.runtime().user(), TestDatabase.runtime().password())
                .with("currentSchema", SchemaSetup.SCHEMA);
        SchemaSetup.apply(superuser, runtime, message -> {});

        Path cut = directory.resolve("cut.backup");
        byte[] bytes = Files.readAllBytes(file);
        Files.write(cut, Arrays.copyOf(bytes, bytes.length / 2));
        assertThat(covibe(superuser, runtime, "restore", cut.toString())).isEqualTo(ExitCodes.FAILED);
        Path other = directory.resolve("other.backup");
        Files.write(other, withoutRowsOf("tenants", bytes));
        assertThat(covibe(superuser, runtime, "restore", other.toString())).isEqualTo(ExitCodes.FAILED);

        TestDatabase.execute(
                superuser,
                "update covibe.flyway_schema_history set success = false where version ="
                        + " (select max(version) from covibe.flyway_schema_history)");
        assertThat(covibe(superuser, runtime, "restore", file.toString())).isEqualTo(ExitCodes.FAILED);
        TestDatabase.execute(superuser, "update covibe.flyway_schema_history set success = true");

        assertThat(SchemaSetup.plan(superuser, runtime)).isEmpty();
        assertThat(covibe(superuser, runtime, "restore", file.toString()))
                .as("nothing stands in the way of a good one")
                .isZero();
    }

    /** The same backup without the rows of one table, which its description still counts. */
    private static byte[] withoutRowsOf(String table, byte[] zip) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (var in = new ZipInputStream(new ByteArrayInputStream(zip));
                var copy = new ZipOutputStream(out)) {
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                copy.putNextEntry(new ZipEntry(entry.getName()));
                byte[] content = in.readAllBytes();
                boolean wanted = entry.getName().equals("tables/" + table + ".copy");
                copy.write(wanted ? new byte[0] : content);
            }
        }
        return out.toByteArray();
    }

    /** Four people who plan one task after the other. */
    private static final class Load implements AutoCloseable {
        private final AtomicInteger planned = new AtomicInteger();
        private final AtomicBoolean over = new AtomicBoolean();
        private final ExecutorService people = Executors.newFixedThreadPool(4);

        private Load(Fixtures.Workspace workspace) {
            for (int i = 0; i < 4; i++) {
                people.execute(() -> {
                    while (!over.get()) {
                        plan(workspace);
                        planned.incrementAndGet();
                    }
                });
            }
        }

        private void awaitTasks(int count) throws InterruptedException {
            while (planned.get() < count) {
                Thread.sleep(20);
            }
        }

        @Override
        public void close() {
            over.set(true);
            people.close();
        }
    }

    private static void plan(Fixtures.Workspace workspace) {
        given().header("Authorization", workspace.bearer())
                .contentType("application/json")
                .body("{\"title\":\"" + words() + "\"}")
                .post("/api/tasks")
                .then()
                .statusCode(201);
    }

    /** Titles that nobody takes for one another. */
    private static String words() {
        return UUID.randomUUID().toString().replaceAll("[0-9]", "k").replace('-', ' ');
    }

    private static long number(DatabaseAddress address, String sql, Fixtures.Workspace workspace) throws SQLException {
        return Long.parseLong(text(address, sql.formatted(workspace.admin().workspaceId())));
    }

    private static long number(Statement statement, String sql) throws SQLException {
        try (ResultSet results = statement.executeQuery(sql)) {
            results.next();
            return results.getLong(1);
        }
    }

    private static String text(DatabaseAddress address, String sql) throws SQLException {
        try (Connection connection = address.connect();
                Statement statement = connection.createStatement();
                ResultSet results = statement.executeQuery(sql)) {
            results.next();
            return results.getString(1);
        }
    }
}
