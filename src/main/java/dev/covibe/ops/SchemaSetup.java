package dev.covibe.ops;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.exception.FlywayValidateException;

/**
 * Brings a database to what this build expects (OPS-3): the two roles, the schema, the migrations, the grants. Looks
 * before every step and does only what is missing, so running it again does nothing, and running it twice at once does
 * it once.
 */
public final class SchemaSetup {

    static final String SCHEMA = "covibe";

    private static final String OWNER_ROLE = "covibe_owner";

    /** Raise it when the grants below change, so that databases which have every migration are looked at again. */
    private static final String GRANTS_REVISION = "2";

    private final DatabaseAddress admin;
    private final DatabaseAddress runtime;
    private final Consumer<String> progress;
    private final Migrations migrations = Migrations.carried();
    private final List<String> steps = new ArrayList<>();
    private final boolean dry;

    private SchemaSetup(DatabaseAddress admin, DatabaseAddress runtime, Consumer<String> progress, boolean dry) {
        if (admin.user().equals(runtime.user())) {
            throw Failure.of("The server must not run as the role that owns its tables, but both"
                    + " COVIBE_DATABASE_USER and COVIBE_OWNER_DATABASE_USER say " + admin.user() + ".");
        }
        this.admin = admin;
        this.runtime = runtime;
        this.progress = progress;
        this.dry = dry;
    }

    /**
     * Does what is missing.
     *
     * @param admin who may create roles and a schema, or at least owns the schema
     * @param runtime what the server runs as; created or repaired
     * @return what was done, one sentence part each; empty when nothing was missing
     * @throws Failure with the fix, when it cannot be done
     */
    public static List<String> apply(DatabaseAddress admin, DatabaseAddress runtime, Consumer<String> progress) {
        return new SchemaSetup(admin, runtime, progress, false).run();
    }

    /** What {@link #apply} would do. Changes nothing. */
    public static List<String> plan(DatabaseAddress admin, DatabaseAddress runtime) {
        return new SchemaSetup(admin, runtime, message -> {}, true).run();
    }

    private List<String> run() {
        try (OwnerSession session = OwnerSession.open(admin)) {
            session.lock(progress);
            String owner = ownerRole(session);
            schema(session, owner);
            migrations(session, owner);
            new RuntimeRole(session, runtime, owner, this::step).prepare();
            new Grants(session, runtime.user(), owner, this::step).prepare();
            new BackupRole(session, owner, this::step).prepare();
            step(
                    !steps.isEmpty() || !fingerprint(session).equals(Optional.of(expectedFingerprint())),
                    "note in the schema's comment what it now is",
                    () -> session.execute("comment on schema " + SCHEMA + " is "
                            + session.literal("Co-Vibe " + expectedFingerprint())));
            return List.copyOf(steps);
        } catch (SQLException failure) {
            throw Failure.of("The database " + admin.place() + " failed: " + failure.getMessage(), failure);
        }
    }

    /** Whether the schema is just what this build would make it, at the cost of one query; any role may ask. */
    static boolean isCurrent(DatabaseAddress anyone) {
        try (OwnerSession session = OwnerSession.open(anyone)) {
            return fingerprint(session).equals(Optional.of(Migrations.carried().fingerprint(GRANTS_REVISION)));
        } catch (SQLException failure) {
            throw Failure.of("The database " + anyone.place() + " failed: " + failure.getMessage(), failure);
        }
    }

    private String expectedFingerprint() {
        return migrations.fingerprint(GRANTS_REVISION);
    }

    private static Optional<String> fingerprint(OwnerSession session) throws SQLException {
        return session.text("select obj_description(to_regnamespace(?), 'pg_namespace')", SCHEMA)
                .map(comment -> comment.replaceFirst("^Co-Vibe ", ""));
    }

    /** The owner of the schema there is, else {@code covibe_owner}, else, who may not make roles owns it himself. */
    private String ownerRole(OwnerSession session) throws SQLException {
        String me = session.text("select current_user").orElseThrow();
        Optional<String> present =
                session.text("select pg_get_userbyid(nspowner) from pg_namespace where nspname = ?", SCHEMA);
        String owner = present.orElse(OWNER_ROLE);
        boolean mayMakeRoles =
                session.is("select rolsuper or rolcreaterole from pg_roles where rolname = current_user");
        if (!session.is("select exists (select from pg_roles where rolname = ?)", owner)) {
            if (!mayMakeRoles) {
                step(true, me + " may not create roles, so it owns the schema itself", () -> {});
                return me;
            }
            step(true, "create role " + owner, () -> session.execute("create role " + owner + " nologin"));
            step(true, "make " + me + " a member of " + owner, () -> grantOwner(session, owner, me));
            return owner;
        }
        if (!session.is("select pg_has_role(current_user, ?, 'member')", owner)) {
            if (present.isEmpty() && !mayMakeRoles) {
                step(true, me + " is no member of " + owner + ", so it owns the schema itself", () -> {});
                return me;
            }
            step(true, "make " + me + " a member of " + owner, () -> grantOwner(session, owner, me));
        }
        return owner;
    }

    private void grantOwner(OwnerSession session, String owner, String me) throws SQLException {
        session.execute("grant " + session.identifier(owner) + " to " + session.identifier(me));
    }

    private void schema(OwnerSession session, String owner) throws SQLException {
        step(
                session.text("select to_regnamespace(?)::text", SCHEMA).isEmpty(),
                "create schema " + SCHEMA + " owned by " + owner,
                () -> session.execute("create schema " + SCHEMA + " authorization " + session.identifier(owner)));
    }

    private void migrations(OwnerSession session, String owner) throws SQLException {
        if (session.text("select to_regclass(?)::text", SCHEMA + ".flyway_schema_history")
                .isEmpty()) {
            step(true, "apply " + migrations.count() + " migrations", () -> migrate(session, owner));
            return;
        }
        if (fingerprint(session).equals(Optional.of(expectedFingerprint()))) {
            return;
        }
        Flyway flyway = flyway(session.identifier(owner));
        for (var pending : flyway.info().pending()) {
            steps.add("apply migration " + pending.getVersion() + " " + pending.getDescription());
        }
        if (!dry) {
            migrate(session, owner);
        }
    }

    private void migrate(OwnerSession session, String owner) throws SQLException {
        try {
            flyway(session.identifier(owner)).migrate();
        } catch (FlywayValidateException changed) {
            throw Failure.of(
                    "A migration that this database already has was changed afterwards: "
                            + changed.getMessage().lines().skip(1).findFirst().orElse(changed.getMessage())
                            + ". Restore the released file, or start afresh (`./covibe up --reset` for the embedded"
                            + " database).",
                    changed);
        } catch (FlywayException failure) {
            throw Failure.of("A migration failed and was rolled back: " + failure.getMessage(), failure);
        }
    }

    private Flyway flyway(String quotedOwner) {
        return Flyway.configure(SchemaSetup.class.getClassLoader())
                .dataSource(admin.source())
                .initSql("set role " + quotedOwner)
                .defaultSchema(SCHEMA)
                .createSchemas(false)
                .resourceProvider(migrations)
                .javaMigrationClassProvider(List::of)
                // Numbers are handed out per feature, so a later release may bring a lower one.
                .outOfOrder(true)
                .cleanDisabled(true)
                .load();
    }

    /** Something that may have to be done. */
    @FunctionalInterface
    interface Step {
        void take() throws SQLException;
    }

    /** Where steps are written down and, unless this is a dry run, taken. */
    @FunctionalInterface
    interface Steps {
        void step(boolean needed, String what, Step step) throws SQLException;
    }

    private void step(boolean needed, String what, Step step) throws SQLException {
        if (!needed) {
            return;
        }
        steps.add(what);
        if (dry) {
            return;
        }
        try {
            step.take();
        } catch (SQLException failure) {
            if ("42501".equals(failure.getSQLState())) {
                throw Failure.of(
                        "The role " + admin.user() + " may not " + what
                                + ": run migrate as a superuser, as a role with CREATEROLE and CREATE on the database,"
                                + " or as the owner of the schema.",
                        failure);
            }
            throw Failure.of("Could not " + what + ": " + failure.getMessage(), failure);
        }
    }
}
