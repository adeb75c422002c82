package dev.covibe.ops;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.covibe.testsupport.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StartChecksTest {

    private final DatabaseAddress superuser = TestDatabase.empty();
    private final DatabaseAddress runtime = superuser
            .as(TestDatabase.runtime().user(), TestDatabase.runtime().password())
            .with("currentSchema", "covibe");

    @BeforeEach
    void migrate() {
        SchemaSetup.apply(superuser, runtime, message -> {});
    }

    @Test
    void the_runtime_role_is_fit() {
        StartChecks.require(runtime);
    }

    @Test
    void a_superuser_is_refused() {
        refused(superuser, "postgres, which is a superuser");
    }

    @Test
    void a_role_that_bypasses_row_security_is_refused() {
        refused(role("bypassing", "bypassrls"), "bypassing, which has BYPASSRLS");
    }

    @Test
    void a_role_that_could_become_a_superuser_is_refused() {
        DatabaseAddress role = role("climbing", "");
        TestDatabase.execute(superuser, "grant postgres to climbing");
        refused(role, "may become postgres");
    }

    @Test
    void an_owner_of_tables_is_refused_and_the_tables_are_named() {
        DatabaseAddress role = role("owning", "");
        TestDatabase.execute(superuser, "alter table covibe.tenants owner to owning");
        TestDatabase.execute(superuser, "alter table covibe.projects owner to owning");
        refused(role, "owning, which owns projects, tenants");
    }

    @Test
    void a_stale_schema_is_refused_and_what_is_missing_is_named() {
        TestDatabase.execute(superuser, "alter table covibe.developers drop column handle cascade");
        TestDatabase.execute(superuser, "drop table covibe.task_dependencies cascade");
        TestDatabase.execute(superuser, "delete from covibe.flyway_schema_history where version = '0030'");

        assertThatThrownBy(() -> StartChecks.require(runtime))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("missing: table task_dependencies, column developers.handle, migration 0030")
                .hasMessageContaining("covibe migrate");
    }

    @Test
    void an_empty_database_is_refused() {
        DatabaseAddress empty = TestDatabase.empty();
        assertThatThrownBy(() -> StartChecks.require(empty.as(runtime.user(), runtime.password())))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("table tasks");
    }

    private DatabaseAddress role(String name, String attributes) {
        TestDatabase.execute(superuser, "drop role if exists " + name);
        TestDatabase.execute(superuser, "create role " + name + " login password 'of-a-test' " + attributes);
        return superuser.as(name, "of-a-test");
    }

    private static void refused(DatabaseAddress address, String why) {
        assertThatThrownBy(() -> StartChecks.require(address))
                .isInstanceOf(Failure.class)
                .hasMessageContaining(why)
                .hasMessageContaining("covibe migrate");
    }
}
