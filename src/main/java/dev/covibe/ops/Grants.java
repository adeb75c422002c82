package dev.covibe.ops;

import java.sql.SQLException;
import java.util.List;

/**
 * What the runtime role may do: read and write rows of tables, use sequences, call functions. It owns nothing and
 * creates nothing; partitions are reached through their parents alone, where the policies are.
 */
final class Grants {

    private static final String SCHEMA = SchemaSetup.SCHEMA;

    private final OwnerSession session;
    private final String runtime;
    private final String owner;
    private final SchemaSetup.Steps steps;

    Grants(OwnerSession session, String runtime, String owner, SchemaSetup.Steps steps) {
        this.session = session;
        this.runtime = runtime;
        this.owner = owner;
        this.steps = steps;
    }

    void prepare() throws SQLException {
        boolean both = session.is(
                "select to_regnamespace(?) is not null and to_regrole(quote_ident(?)) is not null", SCHEMA, runtime);
        if (!both) {
            // Reached in a dry run only: there is nothing yet to look at.
            steps.step(true, "grant " + runtime + " its rights in schema " + SCHEMA, () -> {});
            return;
        }
        onDatabaseAndSchema();
        onObjects();
        onObjectsToCome();
    }

    private void onDatabaseAndSchema() throws SQLException {
        String database = session.text("select current_database()").orElseThrow();
        String to = " to " + session.identifier(runtime);
        steps.step(
                !session.is("select has_database_privilege(?, current_database(), 'connect')", runtime),
                "let " + runtime + " connect to " + database,
                () -> session.execute("grant connect on database " + session.identifier(database) + to));
        step(
                !session.is("select has_schema_privilege(?, ?, 'usage')", runtime, SCHEMA),
                "let " + runtime + " use schema " + SCHEMA,
                "grant usage on schema " + SCHEMA + to);
        step(
                session.is("select has_schema_privilege(?, ?, 'create')", runtime, SCHEMA),
                "forbid " + runtime + " to create in schema " + SCHEMA,
                "revoke create on schema " + SCHEMA + " from public, " + session.identifier(runtime));
    }

    private void onObjects() throws SQLException {
        String to = " to " + session.identifier(runtime);
        String from = " from " + session.identifier(runtime);
        each(TABLES_TO_OPEN, "open tables", "grant select, insert, update, delete on %s" + to);
        each(HISTORY_TO_CLOSE, "forbid writing", "revoke insert, update, delete on %s" + from);
        each(HISTORY_TO_OPEN, "open for reading", "grant select on %s" + to);
        each(VIEWS_TO_OPEN, "open views", "grant select on %s" + to);
        each(PARTITIONS_TO_CLOSE, "close partitions", "revoke all on %s" + from);
        each(SEQUENCES_TO_OPEN, "open sequences", "grant usage, select on sequence %s" + to);
        each(FUNCTIONS_TO_CLOSE, "close functions to the public", "revoke execute on routine %s from public");
        each(FUNCTIONS_TO_OPEN, "open functions", "grant execute on routine %s" + to);
    }

    private void each(String query, String what, String sql) throws SQLException {
        List<String> names = names(query);
        String shown = String.join(", ", names).replace(SCHEMA + ".", "").replaceAll("\\([^)]*\\)", "");
        step(!names.isEmpty(), what + " " + shown, sql.formatted(String.join(", ", names)));
    }

    private void onObjectsToCome() throws SQLException {
        String to = " to " + session.identifier(runtime);
        for (String privileges : List.of(
                "select, insert, update, delete on tables", "usage, select on sequences", "execute on functions")) {
            // pg_default_acl names kinds of objects by one letter: r, S, f.
            String kind = privileges.endsWith("tables") ? "r" : privileges.endsWith("sequences") ? "S" : "f";
            step(
                    names(GRANTED_BY_DEFAULT.replace(":kind", "'" + kind + "'")).isEmpty(),
                    "grant by default " + privileges,
                    "alter default privileges in schema " + SCHEMA + " grant " + privileges + to);
        }
        step(
                names(CLOSED_BY_DEFAULT).isEmpty(),
                "close functions to the public by default",
                "alter default privileges revoke execute on functions from public");
    }

    private List<String> names(String query) throws SQLException {
        return session.texts(query.replace(":schema", session.literal(SCHEMA))
                .replace(":owner", session.literal(owner))
                .replace(":runtime", session.literal(runtime)));
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

    private static final String OWNED_RELATIONS = """
            select format('%I.%I', n.nspname, c.relname)
              from pg_class c
              join pg_namespace n on n.oid = c.relnamespace
             where n.nspname = :schema and pg_get_userbyid(c.relowner) = :owner
            """;

    private static final String TABLES_TO_OPEN = OWNED_RELATIONS + """
               and c.relkind in ('r', 'p') and not c.relispartition and c.relname <> 'flyway_schema_history'
               and not (has_table_privilege(:runtime, c.oid, 'select')
                    and has_table_privilege(:runtime, c.oid, 'insert')
                    and has_table_privilege(:runtime, c.oid, 'update')
                    and has_table_privilege(:runtime, c.oid, 'delete'))
             order by 1
            """;

    private static final String HISTORY_TO_CLOSE = OWNED_RELATIONS + """
               and c.relname = 'flyway_schema_history'
               and has_table_privilege(:runtime, c.oid, 'insert, update, delete')
            """;

    private static final String HISTORY_TO_OPEN = OWNED_RELATIONS + """
               and c.relname = 'flyway_schema_history' and not has_table_privilege(:runtime, c.oid, 'select')
            """;

    private static final String VIEWS_TO_OPEN = OWNED_RELATIONS + """
               and c.relkind in ('v', 'm') and not has_table_privilege(:runtime, c.oid, 'select')
             order by 1
            """;

    private static final String PARTITIONS_TO_CLOSE = OWNED_RELATIONS + """
               and c.relkind in ('r', 'p') and c.relispartition
               and has_table_privilege(:runtime, c.oid, 'select, insert, update, delete, truncate, references, trigger')
             order by 1
            """;

    private static final String SEQUENCES_TO_OPEN = OWNED_RELATIONS + """
               and case when c.relkind = 'S' then not has_sequence_privilege(:runtime, c.oid, 'usage') end
             order by 1
            """;

    private static final String OWNED_FUNCTIONS = """
            select p.oid::regprocedure::text
              from pg_proc p
              join pg_namespace n on n.oid = p.pronamespace
             where n.nspname = :schema and pg_get_userbyid(p.proowner) = :owner
            """;

    private static final String FUNCTIONS_TO_CLOSE = OWNED_FUNCTIONS + """
               and exists (select from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a where a.grantee = 0)
             order by 1
            """;

    private static final String FUNCTIONS_TO_OPEN = OWNED_FUNCTIONS + """
               and not exists (select
                                 from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
                                where a.grantee = to_regrole(quote_ident(:runtime)))
             order by 1
            """;

    private static final String GRANTED_BY_DEFAULT = """
            select 'granted'
              from pg_default_acl d
              join pg_namespace n on n.oid = d.defaclnamespace
             cross join aclexplode(d.defaclacl) a
             where n.nspname = :schema and pg_get_userbyid(d.defaclrole) = :owner and d.defaclobjtype = :kind
               and a.grantee = to_regrole(quote_ident(:runtime))
            """;

    private static final String CLOSED_BY_DEFAULT = """
            select 'closed'
              from pg_default_acl d
             where d.defaclnamespace = 0 and pg_get_userbyid(d.defaclrole) = :owner and d.defaclobjtype = 'f'
               and not exists (select from aclexplode(d.defaclacl) a where a.grantee = 0)
            """;
}
