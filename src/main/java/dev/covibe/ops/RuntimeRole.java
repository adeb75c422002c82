package dev.covibe.ops;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What the server runs as: may log in, and nothing else that is out of the ordinary (PLT-4). */
final class RuntimeRole {

    private final OwnerSession session;
    private final DatabaseAddress runtime;
    private final String owner;
    private final SchemaSetup.Steps steps;

    RuntimeRole(OwnerSession session, DatabaseAddress runtime, String owner, SchemaSetup.Steps steps) {
        this.session = session;
        this.runtime = runtime;
        this.owner = owner;
        this.steps = steps;
    }

    void prepare() throws SQLException {
        String name = runtime.user();
        if (!session.is("select exists (select from pg_roles where rolname = ?)", name)) {
            if (runtime.password().isEmpty()) {
                throw Failure.of("The role " + name + " does not exist yet and needs a password to be created with:"
                        + " set COVIBE_DATABASE_PASSWORD.");
            }
            steps.step(
                    true,
                    "create role " + name,
                    () -> session.execute("create role " + session.identifier(name) + " login password "
                            + session.literal(runtime.password())));
            return;
        }
        repairAttributes(name);
        leaveStrongerRoles(name);
        repairPassword(name);
    }

    /** Names only what is wrong: in PostgreSQL even NOSUPERUSER may be said by a superuser alone. */
    private void repairAttributes(String name) throws SQLException {
        List<String> wrong = new ArrayList<>();
        record Attribute(String column, boolean wanted, String word) {}
        for (Attribute attribute : List.of(
                new Attribute("rolcanlogin", true, "login"),
                new Attribute("rolsuper", false, "nosuperuser"),
                new Attribute("rolbypassrls", false, "nobypassrls"),
                new Attribute("rolcreatedb", false, "nocreatedb"),
                new Attribute("rolcreaterole", false, "nocreaterole"),
                new Attribute("rolreplication", false, "noreplication"))) {
            if (session.is("select " + attribute.column() + " from pg_roles where rolname = ?", name)
                    != attribute.wanted()) {
                wrong.add(attribute.word());
            }
        }
        steps.step(
                !wrong.isEmpty(),
                "make role " + name + " " + String.join(", ", wrong),
                () -> session.execute("alter role " + session.identifier(name) + " " + String.join(" ", wrong)));
    }

    private void leaveStrongerRoles(String name) throws SQLException {
        List<String> stronger = session.texts("""
                select granted.rolname
                  from pg_auth_members m
                  join pg_roles granted on granted.oid = m.roleid
                  join pg_roles member on member.oid = m.member
                 where member.rolname = ?
                   and (granted.rolname in (?, ?) or granted.rolsuper or granted.rolbypassrls or granted.rolcreaterole)
                 order by 1""", name, owner, BackupRole.NAME);
        for (String role : stronger) {
            steps.step(
                    true,
                    "take role " + name + " out of " + role,
                    () -> session.execute("revoke " + session.identifier(role) + " from " + session.identifier(name)));
        }
    }

    private void repairPassword(String name) throws SQLException {
        if (runtime.password().isEmpty()) {
            return;
        }
        steps.step(
                isRefused(),
                "set the password of role " + name,
                () -> session.execute(
                        "alter role " + session.identifier(name) + " password " + session.literal(runtime.password())));
    }

    private boolean isRefused() {
        try (Connection connection = runtime.connect()) {
            return false;
        } catch (SQLException failure) {
            return "28P01".equals(failure.getSQLState());
        }
    }
}
