package dev.covibe.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.covibe.testsupport.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** {@code covibe migrate} on a database that an older release made, and on one where a run was cut off (OPS-3). */
class OlderSchemaTest {

    private final DatabaseAddress superuser = TestDatabase.empty();
    private final DatabaseAddress runtime = superuser
            .as(TestDatabase.runtime().user(), TestDatabase.runtime().password())
            .with("currentSchema", "covibe");

    /** What a release had made that carried the migrations up to this one. */
    private void older(String version) {
        TestDatabase.execute(superuser, "create schema covibe authorization covibe_owner");
        Flyway.configure(OlderSchemaTest.class.getClassLoader())
                .dataSource(superuser.source())
                .initSql("set role covibe_owner")
                .defaultSchema("covibe")
                .createSchemas(false)
                .resourceProvider(Migrations.carried())
                .javaMigrationClassProvider(List::of)
                .target(version)
                .load()
                .migrate();
        TestDatabase.execute(superuser, "grant usage on schema covibe to covibe_app");
        TestDatabase.execute(superuser, "grant select on all tables in schema covibe to covibe_app");
    }

    @Test
    void the_server_refuses_an_older_schema_naming_what_is_missing_and_migrate_brings_it_up_with_its_rows()
            throws SQLException {
        older("0041");
        TestDatabase.execute(
                superuser,
                "insert into covibe.tenants (id, name) values ('018f0000-0000-7000-8000-000000000001', 'Kept')");

        assertThatThrownBy(() -> StartChecks.require(runtime))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("table claims")
                .hasMessageContaining("table maintenance_runs")
                .hasMessageContaining("column tenants.workos_organization_id")
                .hasMessageContaining("migration 0042")
                .hasMessageContaining("run `covibe migrate` first");
        assertThat(SchemaSetup.plan(superuser, runtime)).anyMatch(step -> step.startsWith("apply migration 0042"));

        assertThat(SchemaSetup.apply(superuser, runtime, message -> {}))
                .anyMatch(step -> step.startsWith("apply migration 0150"));

        StartChecks.require(runtime);
        assertThat(text("select name from covibe.tenants")).isEqualTo("Kept");
        assertThat(SchemaSetup.apply(superuser, runtime, message -> {})).isEmpty();
    }

    @Test
    void a_run_that_was_cut_off_is_taken_up_where_it_ended() throws Exception {
        CompletableFuture<List<String>> run =
                CompletableFuture.supplyAsync(() -> SchemaSetup.apply(superuser, runtime, message -> {}));
        long applied = 0;
        while (applied < 10 && !run.isDone()) {
            Thread.sleep(2);
            applied = text("select to_regclass('covibe.flyway_schema_history') is not null")
                            .equals("t")
                    ? Long.parseLong(text("select count(*) from covibe.flyway_schema_history where success"))
                    : 0;
        }
        text("select count(pg_terminate_backend(pid)) from pg_stat_activity"
                + " where datname = current_database() and pid <> pg_backend_pid()");

        assertThatThrownBy(run::join).isInstanceOf(CompletionException.class).hasCauseInstanceOf(Failure.class);
        long left = Long.parseLong(text("select count(*) from covibe.flyway_schema_history where success"));
        assertThat(left).isLessThan(Migrations.carried().count());
        assertThat(text("select count(*) from covibe.flyway_schema_history where not success"))
                .as("a migration is whole or not at all")
                .isEqualTo("0");
        assertThatThrownBy(() -> StartChecks.require(runtime)).isInstanceOf(Failure.class);

        assertThat(SchemaSetup.apply(superuser, runtime, message -> {})).isNotEmpty();
        StartChecks.require(runtime);
        assertThat(SchemaSetup.plan(superuser, runtime)).isEmpty();
    }

    private String text(String sql) throws SQLException {
        try (Connection connection = superuser.connect();
                Statement statement = connection.createStatement();
                ResultSet results = statement.executeQuery(sql)) {
            results.next();
            return results.getString(1);
        }
    }
}
