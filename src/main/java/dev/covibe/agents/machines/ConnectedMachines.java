package dev.covibe.agents.machines;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.covibe.identity.Caller;
import dev.covibe.platform.sql.Row;
import dev.covibe.platform.sql.Sql;
import dev.covibe.tenancy.Transactions;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The computers on which the companion runs, and the repositories that registered there, as they last said. */
@ApplicationScoped
public class ConnectedMachines {

    private final Transactions transactions;
    private final Sql sql;

    ConnectedMachines(Transactions transactions, Sql sql) {
        this.transactions = transactions;
        this.sql = sql;
    }

    /**
     * @param developer handle of its owner
     * @param privateRepositories how many its owner keeps private; they have no names here
     * @param updateOutcome of the last update that it tried
     */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Machine(
            UUID id,
            String developer,
            String name,
            String version,
            Optional<String> platform,
            boolean service,
            Optional<String> updateVersion,
            Optional<String> updateOutcome,
            Instant seenAt,
            List<Registered> repositories,
            int privateRepositories) {}

    /** @param state {@code synced} or {@code pending} */
    @RegisterForReflection
    public record Registered(String name, String state) {}

    /** Those of the workspace, at most 200, the ones heard of last first. */
    public List<Machine> list(Caller caller) {
        return transactions.in(caller.place(), () -> sql.list("""
                        select m.*, d.handle,
                               coalesce(array_agg(r.name order by r.place) filter (where r.name is not null), '{}') as names,
                               coalesce(array_agg(r.state order by r.place) filter (where r.name is not null), '{}') as states,
                               count(*) filter (where r.state = 'excluded') as private_count
                          from companion_machines m
                          join developers d on d.id = m.developer_id
                          left join companion_repositories r on r.workspace_id = m.workspace_id and r.machine_id = m.id
                         where m.workspace_id = ?
                         group by m.id, d.handle
                         order by m.seen_at desc
                         limit 200
                        """, ConnectedMachines::machine, caller.workspaceId()));
    }

    private static Machine machine(Row row) throws SQLException {
        List<String> names = row.texts("names");
        List<String> states = row.texts("states");
        List<Registered> repositories = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            repositories.add(new Registered(names.get(i), states.get(i)));
        }
        return new Machine(
                row.uuid("id"),
                row.text("handle"),
                row.text("name"),
                row.text("version"),
                row.optionalText("platform"),
                row.bool("service"),
                row.optionalText("update_version"),
                row.optionalText("update_outcome"),
                row.instant("seen_at"),
                repositories,
                row.integer("private_count"));
    }
}
