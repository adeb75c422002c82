package dev.covibe.identity.members;

import dev.covibe.tenancy.Recorded;
import jakarta.inject.Singleton;
import java.util.List;

/** What having an account leaves about people. */
@Singleton
class AccountTraces implements Recorded {

    @Override
    public List<Trace> traces() {
        return List.of(
                new Trace(
                        "MCP tokens",
                        "Name, workspace and last use to the quarter of an hour. The tokens themselves only as a hash.",
                        "select count(*) as count, max(created_at) as latest from mcp_tokens where developer_id = ?"),
                new Trace(
                        "Audit entries",
                        "Sign-ins and changes of access, with the address that they came from. Admins read them.",
                        "select count(*) as count, max(at) as latest from audit_entries where actor_id = ?"));
    }
}
