package dev.covibe.ops;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether the role that a connection acts as is fit to serve (PLT-4): row security protects nothing from a superuser,
 * from a role with BYPASSRLS, or from the owner of a table, who can switch it off.
 *
 * @param faults one sentence part each; empty when the role is fit
 */
record RuntimeRoleState(String role, List<String> faults) {

    static RuntimeRoleState of(Connection connection) throws SQLException {
        String role;
        List<String> faults = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement("""
                        select r.rolname,
                               r.rolsuper,
                               r.rolbypassrls,
                               (select string_agg(c.relname, ', ' order by c.relname)
                                  from pg_class c
                                 where c.relnamespace = to_regnamespace(?)
                                   and c.relkind in ('r', 'p', 'v', 'm') and not c.relispartition
                                   and pg_has_role(r.oid, c.relowner, 'member')),
                               (select string_agg(stronger.rolname, ', ' order by stronger.rolname)
                                  from pg_roles stronger
                                 where stronger.oid <> r.oid
                                   and (stronger.rolsuper or stronger.rolbypassrls or stronger.rolname = ?)
                                   and pg_has_role(r.oid, stronger.oid, 'member')),
                               coalesce(has_schema_privilege(to_regnamespace(?), 'create'), false)
                          from pg_roles r
                         where r.rolname = current_user
                        """)) {
            statement.setString(1, SchemaSetup.SCHEMA);
            statement.setString(2, BackupRole.NAME);
            statement.setString(3, SchemaSetup.SCHEMA);
            try (ResultSet results = statement.executeQuery()) {
                results.next();
                role = results.getString(1);
                if (results.getBoolean(2)) {
                    // A superuser is a member of every role, so the rest would only repeat this.
                    return new RuntimeRoleState(role, List.of("is a superuser"));
                }
                if (results.getBoolean(3)) {
                    faults.add("has BYPASSRLS");
                }
                if (results.getString(4) != null) {
                    faults.add("owns " + results.getString(4));
                }
                if (results.getString(5) != null) {
                    faults.add("may become " + results.getString(5));
                }
                if (results.getBoolean(6)) {
                    faults.add("may create objects in schema " + SchemaSetup.SCHEMA);
                }
            }
        }
        return new RuntimeRoleState(role, List.copyOf(faults));
    }

    boolean isFit() {
        return faults.isEmpty();
    }
}
