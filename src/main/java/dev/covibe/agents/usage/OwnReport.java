package dev.covibe.agents.usage;

import dev.covibe.identity.AgentType;
import dev.covibe.identity.Caller;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.platform.sql.Ids;
import dev.covibe.platform.sql.Sql;
import dev.covibe.tenancy.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;

/** What an agent itself says that it used: the least believed source, and always an estimate. */
@ApplicationScoped
public class OwnReport {

    private final Transactions transactions;
    private final Ledger ledger;
    private final Sql sql;
    private final Clock clock;

    OwnReport(Transactions transactions, Ledger ledger, Sql sql, Clock clock) {
        this.transactions = transactions;
        this.ledger = ledger;
        this.sql = sql;
        this.clock = clock;
    }

    /** @param counted false when a better source reports the session, so that this would count it twice */
    public record Reported(boolean counted) {}

    /**
     * Tokens since the last report, in the caller's session where one is open.
     *
     * @throws Refusal.Invalid when a number is negative or the model is not spelt like one
     */
    public Reported enter(Caller caller, String model, int input, int output, int cacheRead, int cacheWrite) {
        if (Math.min(Math.min(input, output), Math.min(cacheRead, cacheWrite)) < 0) {
            throw Refusal.invalid("usage.negative", "Tokens must not be negative.");
        }
        String spelt = Spelling.model(model.strip())
                .orElseThrow(() -> Refusal.invalidField("model", "model is a model's name, such as gpt-5-codex."));
        return transactions.in(caller.place(), () -> {
            Batch batch = new Batch();
            batch.add(new UsageItem(
                    batch.next(),
                    Keys.of("mcp", Ids.next().toString()),
                    UsageSource.MCP,
                    new UsageItem.Sitting(
                            agent(caller), Optional.empty(), caller.session().map(Caller.Session::id)),
                    clock.instant(),
                    "",
                    spelt,
                    new Amounts(0, 0, input, output, cacheRead, cacheWrite, 0),
                    UsageItem.UNKNOWN_COST,
                    Optional.empty(),
                    Optional.empty()));
            ledger.enter(caller, batch);
            return new Reported(caller.session()
                    .map(session -> sql.one(
                            "select source from usage_streams where workspace_id = ? and id = ?",
                            row -> row.text("source").equals(UsageSource.MCP.key()),
                            caller.workspaceId(),
                            session.id()))
                    .orElse(true));
        });
    }

    private static AgentType agent(Caller caller) {
        return caller.session()
                .map(session -> AgentType.of(session.agent()))
                .or(() -> caller.token().flatMap(Caller.Token::agentType))
                .orElse(AgentType.OTHER);
    }
}
