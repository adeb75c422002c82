package dev.covibe.identity;

import dev.covibe.platform.bus.Bus;
import dev.covibe.platform.crypto.Secrets;
import dev.covibe.platform.crypto.TokenText;
import dev.covibe.platform.problem.FieldError;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.platform.sql.Ids;
import dev.covibe.platform.sql.Row;
import dev.covibe.platform.sql.Sql;
import dev.covibe.tenancy.Place;
import dev.covibe.tenancy.Transactions;
import io.quarkus.cache.Cache;
import io.quarkus.cache.CacheName;
import io.quarkus.cache.CaffeineCache;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** MCP tokens (IDN-7): made once, shown once, kept as a keyed hash, revocable at any time. */
@ApplicationScoped
public class Tokens implements Bus.Listener {

    private static final Duration TOUCH_EVERY = Duration.ofMinutes(15);

    private final Transactions transactions;
    private final Sql sql;
    private final Secrets secrets;
    private final Audit audit;
    private final CaffeineCache believedTokens;
    private final Clock clock;
    private final Access access;
    private final Bus bus;

    Tokens(
            Transactions transactions,
            Sql sql,
            Secrets secrets,
            Audit audit,
            @CacheName("tokens") Cache believedTokens,
            Clock clock,
            Access access,
            Bus bus) {
        this.transactions = transactions;
        this.sql = sql;
        this.secrets = secrets;
        this.audit = audit;
        this.believedTokens = believedTokens.as(CaffeineCache.class);
        this.clock = clock;
        this.access = access;
        this.bus = bus;
    }

    void start(@Observes StartupEvent event) {
        bus.listen(this);
    }

    @Override
    public void changed(UUID workspaceId) {
        // Work changes often and no token depends on it.
    }

    /** Rare, so all tokens are looked up again rather than those of one person picked out. */
    @Override
    public void accessChanged(UUID developerId) {
        believedTokens.invalidateAll().await().indefinitely();
    }

    @Override
    public void missed() {
        believedTokens.invalidateAll().await().indefinitely();
    }

    /**
     * A token as its owner sees it later.
     *
     * @param hint the last four characters, to tell tokens apart
     * @param lastUsedAt to the quarter of an hour
     * @param reportedAt when somebody who had found it handed it in
     */
    public record View(
            UUID id,
            String name,
            Optional<AgentType> agentType,
            String workspace,
            String owner,
            String hint,
            Instant createdAt,
            Optional<Instant> lastUsedAt,
            Optional<Instant> expiresAt,
            Optional<Instant> revokedAt,
            Optional<Instant> reportedAt) {}

    /** @param text the token itself; this is the only time that it is seen */
    public record Minted(UUID id, String text) {}

    /** Makes a token for the caller in the caller's workspace. */
    public Minted mint(
            Caller caller, String name, Optional<AgentType> agentType, Optional<Instant> expiresAt, String address) {
        String named = Name.of("/name", "A token", name);
        if (expiresAt.isPresent() && !expiresAt.get().isAfter(clock.instant())) {
            throw Refusal.invalid(
                    "token.expired", "The expiry lies in the past.", new FieldError("/expires_at", "a future time"));
        }
        String text = TokenText.next();
        UUID id = Ids.next();
        transactions.run(caller.place(), () -> {
            sql.update(
                    """
                    insert into mcp_tokens (id, tenant_id, workspace_id, developer_id, name, agent_type, hash, hint, expires_at)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                    id,
                    caller.place().tenantId(),
                    caller.workspaceId(),
                    caller.developerId(),
                    named,
                    agentType.map(AgentType::key),
                    secrets.hash(text),
                    text.substring(text.length() - 4),
                    expiresAt);
            audit.record(caller.place().tenantId(), caller.developerId(), "token.created", named, Optional.of(address));
        });
        return new Minted(id, text);
    }

    /** The caller's own tokens, newest first; an admin sees those of the whole tenant. */
    public List<View> list(Caller caller) {
        return transactions.in(
                caller.place(), () -> sql.list("""
                        select t.id, t.name, t.agent_type, w.name as workspace, d.handle as owner, t.hint,
                               t.created_at, t.last_used_at, t.expires_at, t.revoked_at, t.reported_at
                          from mcp_tokens t
                          join workspaces w on w.id = t.workspace_id
                          join developers d on d.id = t.developer_id
                         where t.developer_id = ? or ?
                         order by t.revoked_at is not null, t.created_at desc, t.id desc
                         limit 200
                        """, Tokens::view, caller.developerId(), caller.role() == Role.ADMIN));
    }

    private static View view(Row row) throws SQLException {
        return new View(
                row.uuid("id"),
                row.text("name"),
                row.optionalText("agent_type").map(AgentType::of),
                row.text("workspace"),
                row.text("owner"),
                row.text("hint"),
                row.instant("created_at"),
                row.optionalInstant("last_used_at"),
                row.optionalInstant("expires_at"),
                row.optionalInstant("revoked_at"),
                row.optionalInstant("reported_at"));
    }

    /**
     * Kills a token: here at once, on other instances as soon as the bus says so, at the latest within half a second.
     * What runs with it ends too. The owner's own, or any of the tenant for an admin; another's is not found.
     */
    public void revoke(Caller caller, UUID tokenId, String address) {
        record Revoked(String name, UUID ownerId) {}
        UUID owner = transactions.in(caller.place(), () -> {
            Revoked revoked = sql.first(
                            """
                    update mcp_tokens set revoked_at = coalesce(revoked_at, now())
                     where id = ? and (developer_id = ? or ?)
                    returning name, developer_id
                    """,
                            row -> new Revoked(row.text("name"), row.uuid("developer_id")),
                            tokenId,
                            caller.developerId(),
                            caller.role() == Role.ADMIN)
                    .orElseThrow(() -> Refusal.notFound("token.unknown", "There is no such token."));
            audit.record(
                    caller.place().tenantId(),
                    caller.developerId(),
                    "token.revoked",
                    revoked.name(),
                    Optional.of(address));
            return revoked.ownerId();
        });
        access.changed(owner);
    }

    private record Known(Caller caller, Optional<Instant> lastUsedAt) {}

    /** Whose token this is; empty when it is malformed, unknown, expired, revoked, or its owner has left. */
    Optional<Caller> callerOf(String text) {
        if (!TokenText.isWellFormed(text)) {
            return Optional.empty();
        }
        byte[] hash = secrets.hash(text);
        String key = HexFormat.of().formatHex(hash);
        CompletableFuture<Caller> believed = believedTokens.getIfPresent(key);
        return believed == null ? lookUp(hash, key) : Optional.of(believed.join());
    }

    private Optional<Caller> lookUp(byte[] hash, String key) {
        // Every call of every agent begins here, so this one read goes without a transaction around it.
        Optional<Known> known = sql.first("select * from find_token(?)", Tokens::known, (Object) hash);
        known.ifPresent(found -> believedTokens.put(key, CompletableFuture.completedFuture(found.caller())));
        known.filter(found -> found.lastUsedAt().isEmpty()
                        || found.lastUsedAt().get().isBefore(clock.instant().minus(TOUCH_EVERY)))
                .ifPresent(found -> touch(found.caller().token().orElseThrow().id()));
        return known.map(Known::caller);
    }

    private void touch(UUID tokenId) {
        transactions.runOutside(() -> sql.call("select touch_token(?)", tokenId));
    }

    private static Known known(Row row) throws SQLException {
        Caller.Token token = new Caller.Token(
                row.uuid("token_id"),
                row.text("token_name"),
                row.optionalText("agent_type").map(AgentType::of));
        Caller caller = new Caller(
                new Place(row.uuid("tenant_id"), row.uuid("workspace_id")),
                row.uuid("developer_id"),
                row.text("handle"),
                Role.of(row.text("role")),
                Optional.of(token),
                Optional.empty());
        return new Known(caller, row.optionalInstant("last_used_at"));
    }
}
