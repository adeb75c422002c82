package dev.covibe.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.covibe.ops.DatabaseAddress;
import dev.covibe.testsupport.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What PostgreSQL itself enforces between tenants, whatever the program above it does (PLT-4, QLT-9). */
class RowSecurityTest {

    private static final String SCOPED = """
            select c.relname
              from pg_class c
              join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'covibe'
             where c.relkind in ('r', 'p')
               and (c.relname = 'tenants'
                or exists (select
                             from pg_attribute a
                            where a.attrelid = c.oid and a.attname in ('workspace_id', 'tenant_id')
                              and not a.attisdropped))
            """;

    @Test
    void there_are_scoped_tables_to_guard() {
        assertThat(names(TestDatabase.superuser(), SCOPED)).contains("tasks", "tenants", "work_events", "mcp_tokens");
    }

    @Test
    void every_scoped_table_has_row_security_enabled_and_forced() {
        assertThat(names(TestDatabase.superuser(), SCOPED + " and not (c.relrowsecurity and c.relforcerowsecurity)"))
                .isEmpty();
    }

    @Test
    void every_scoped_table_has_a_policy_and_every_partition_is_closed() {
        assertThat(names(TestDatabase.superuser(), SCOPED + """
                 and not c.relispartition
                 and not exists (select from pg_policy p where p.polrelid = c.oid and p.polname <> 'backup')
                """)).isEmpty();
        assertThat(names(TestDatabase.superuser(), SCOPED + """
                 and c.relispartition
                 and has_table_privilege('covibe_app', c.oid, 'select, insert, update, delete')
                """)).isEmpty();
    }

    @Test
    void no_policy_that_sees_everything_is_open_to_the_runtime_role() {
        assertThat(names(TestDatabase.superuser(), """
                select c.relname || '.' || p.polname
                  from pg_policy p
                  join pg_class c on c.oid = p.polrelid
                 where (pg_get_expr(p.polqual, p.polrelid) = 'true' or pg_get_expr(p.polwithcheck, p.polrelid) = 'true')
                   and (0 = any (p.polroles) or 'covibe_app'::regrole = any (p.polroles))
                """)).isEmpty();
    }

    @Test
    void every_table_of_the_schema_is_scoped_or_known_not_to_be() {
        assertThat(names(TestDatabase.superuser(), """
                select c.relname
                  from pg_class c
                  join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'covibe'
                 where c.relkind in ('r', 'p') and not c.relrowsecurity
                """))
                .containsExactlyInAnyOrder("flyway_schema_history", "maintenance_runs");
    }

    @Test
    void the_runtime_role_sees_no_row_of_any_scoped_table_without_a_workspace() {
        for (String table : names(TestDatabase.superuser(), SCOPED + " and not c.relispartition")) {
            assertThat(names(TestDatabase.runtime(), "select 'a row' from covibe." + table + " limit 1"))
                    .as(table)
                    .isEmpty();
        }
    }

    @Test
    void the_runtime_role_is_ordinary_and_owns_nothing() {
        assertThat(names(TestDatabase.runtime(), """
                select rolname
                  from pg_roles
                 where rolname = current_user
                   and not (rolsuper or rolbypassrls or rolcreatedb or rolcreaterole or rolreplication)
                """)).containsExactly("covibe_app");
        assertThat(names(TestDatabase.runtime(), """
                select relname from pg_class where pg_get_userbyid(relowner) = current_user
                """)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "drop table covibe.tasks",
                "alter table covibe.tasks disable row level security",
                "alter table covibe.tasks no force row level security",
                "alter table covibe.tasks add column mine text",
                "truncate covibe.tasks",
                "drop policy tasks_workspace on covibe.tasks",
                "create policy mine on covibe.tasks using (true)",
                "create table covibe.mine (id int)",
                "create table public.mine (id int)",
                "create function covibe.mine() returns int language sql return 1",
                "delete from covibe.flyway_schema_history",
                "set role covibe_owner",
                "set session authorization covibe_owner",
                "alter role covibe_app bypassrls",
                "create role mine",
                "create database mine"
            })
    void the_runtime_role_cannot(String statement) {
        assertThatThrownBy(() -> run(TestDatabase.runtime(), statement))
                .isInstanceOf(SQLException.class)
                .extracting(failure -> ((SQLException) failure).getSQLState())
                .isEqualTo("42501");
    }

    @Test
    void switching_row_security_off_for_a_session_shows_an_error_and_no_rows() {
        assertThatThrownBy(
                        () -> run(TestDatabase.runtime(), "set row_security = off; select count(*) from covibe.tasks"))
                .hasMessageContaining("row-level security");
    }

    @Test
    void functions_that_run_as_the_owner_fix_their_search_path_and_are_closed_to_the_public() {
        assertThat(names(TestDatabase.superuser(), """
                select p.proname
                  from pg_proc p
                  join pg_namespace n on n.oid = p.pronamespace and n.nspname = 'covibe'
                 where p.prosecdef
                   and (not coalesce(array_to_string(p.proconfig, ' '), '') ~ 'search_path=covibe, pg_temp'
                     or has_function_privilege('public', p.oid, 'execute'))
                """)).isEmpty();
    }

    private static void run(DatabaseAddress address, String sql) throws SQLException {
        try (Connection connection = address.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<String> names(DatabaseAddress address, String sql) {
        try (Connection connection = address.connect();
                Statement statement = connection.createStatement();
                ResultSet results = statement.executeQuery(sql)) {
            List<String> names = new ArrayList<>();
            while (results.next()) {
                names.add(results.getString(1));
            }
            return names;
        } catch (SQLException failure) {
            throw new AssertionError(sql, failure);
        }
    }
}
