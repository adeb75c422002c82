package dev.covibe.ops;

import java.sql.SQLException;
import java.util.List;

/**
 * What a backup is read as (OPS-10). Row security is forced on the owner too, so nobody ordinary sees every row; this
 * role does, through a policy of its own on each table, and may do nothing but read. It cannot log in: whoever makes
 * backups is made a member.
 */
public final class BackupRole {

    public static final String NAME = "covibe_backup";

    /** What the policy is called on every table. */
    public static final String POLICY = "backup";

    private final OwnerSession session;
    private final String owner;
    private final SchemaSetup.Steps steps;

    BackupRole(OwnerSession session, String owner, SchemaSetup.Steps steps) {
        this.session = session;
        this.owner = owner;
        this.steps = steps;
    }

    /** A caller who may not make roles is left without it: doctor and {@code covibe backup} say so. */
    void prepare() throws SQLException {
        boolean mayMakeRoles =
                session.is("select rolsuper or rolcreaterole from pg_roles where rolname = current_user");
        if (!session.is("select exists (select from pg_roles where rolname = ?)", NAME)) {
            if (!mayMakeRoles) {
                return;
            }
            steps.step(true, "create role " + NAME, () -> session.execute("create role " + NAME + " nologin"));
        }
        if (session.is("select to_regrole(?) is null or to_regnamespace(?) is null", NAME, SchemaSetup.SCHEMA)) {
            return;
        }
        member();
        eyes();
    }

    /** Membership without inheritance: the functions that the owner defines must not begin to see everything. */
    private void member() throws SQLException {
        String me = session.text("select current_user").orElseThrow();
        boolean mayGrant = session.is("select pg_has_role(current_user, ?, 'member with admin option')", NAME);
        boolean distinct =
                session.is("select setting::int >= 160000 from pg_settings where name = 'server_version_num'");
        steps.step(
                !me.equals(owner)
                        && mayGrant
                        && !session.is("select rolsuper from pg_roles where rolname = current_user")
                        && !session.is("select pg_has_role(current_user, ?, ?)", NAME, distinct ? "set" : "member"),
                "make " + me + " a member of " + NAME,
                () -> session.execute("grant " + NAME + " to " + session.identifier(me)
                        + (distinct ? " with inherit false, set true" : "")));
    }

    private void eyes() throws SQLException {
        step(
                !session.is("select has_schema_privilege(?, ?, 'usage')", NAME, SchemaSetup.SCHEMA),
                "let " + NAME + " use schema " + SchemaSetup.SCHEMA,
                "grant usage on schema " + SchemaSetup.SCHEMA + " to " + NAME);
        List<String> tables = names("""
                 and c.relkind in ('r', 'p') and not c.relispartition
                 and not has_table_privilege(:role, c.oid, 'select')
                """);
        step(
                !tables.isEmpty(),
                "let " + NAME + " read " + shown(tables),
                "grant select on " + String.join(", ", tables) + " to " + NAME);
        List<String> sequences =
                names(" and case when c.relkind = 'S' then not has_sequence_privilege(:role, c.oid, 'select') end");
        step(
                !sequences.isEmpty(),
                "let " + NAME + " read " + shown(sequences),
                "grant select on sequence " + String.join(", ", sequences) + " to " + NAME);
        for (String table : names("""
                 and c.relkind in ('r', 'p') and not c.relispartition and c.relrowsecurity
                 and not exists (select from pg_policy p where p.polrelid = c.oid and p.polname = :policy)
                """)) {
            step(
                    true,
                    "let " + NAME + " see every row of " + shown(List.of(table)),
                    "create policy " + POLICY + " on " + table + " for select to " + NAME + " using (true)");
        }
    }

    private static String shown(List<String> names) {
        return String.join(", ", names).replace(SchemaSetup.SCHEMA + ".", "");
    }

    private List<String> names(String condition) throws SQLException {
        return session.texts(
                """
                select format('%I.%I', n.nspname, c.relname)
                  from pg_class c
                  join pg_namespace n on n.oid = c.relnamespace
                 where n.nspname = :schema and pg_get_userbyid(c.relowner) = :owner
                """.replace(":schema", session.literal(SchemaSetup.SCHEMA)).replace(":owner", session.literal(owner))
                        + condition.replace(":role", session.literal(NAME)).replace(":policy", session.literal(POLICY))
                        + " order by 1");
    }

    /** Everything here is the owner's to give. */
    private void step(boolean needed, String what, String sql) throws SQLException {
        steps.step(needed, what, () -> {
            session.execute("set role " + session.identifier(owner));
            try {
                session.execute(sql);
            } finally {
                session.execute("reset role");
            }
        });
    }
}
