package dev.covibe.identity;

import dev.covibe.platform.crypto.Secrets;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.platform.sql.Ids;
import dev.covibe.platform.sql.Row;
import dev.covibe.platform.sql.Sql;
import dev.covibe.platform.web.Addresses;
import dev.covibe.tenancy.Transactions;
import dev.covibe.tenancy.Workspaces;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Tokens for a machine without copying any (IDN-8): the machine asks and shows a short code, a signed-in person types it,
 * sees who asks, and approves or denies. The machine then gets one typed token for each agent, once.
 */
@ApplicationScoped
public class DeviceGrants {

    /** How long a person has to approve. */
    public static final Duration LIFE = Duration.ofMinutes(15);

    /** Seconds between two questions of the machine. */
    public static final int INTERVAL = 5;

    private static final int LONGEST_HOST = 120;

    private final Transactions transactions;
    private final Sql sql;
    private final Secrets secrets;
    private final Tokens tokens;
    private final Workspaces workspaces;
    private final Attempts attempts;
    private final Audit audit;
    private final Clock clock;

    DeviceGrants(
            Transactions transactions,
            Sql sql,
            Secrets secrets,
            Tokens tokens,
            Workspaces workspaces,
            Attempts attempts,
            Audit audit,
            Clock clock) {
        this.transactions = transactions;
        this.sql = sql;
        this.secrets = secrets;
        this.tokens = tokens;
        this.workspaces = workspaces;
        this.attempts = attempts;
        this.audit = audit;
        this.clock = clock;
    }

    /** @param userCode as a person reads it, {@code BCDF-2346} */
    public record Asked(String deviceCode, String userCode) {}

    /** Who asks, as the person sees it before deciding. */
    public record Request(
            String userCode,
            String hostName,
            String address,
            List<AgentType> agents,
            Instant askedAt,
            Instant expiresAt) {}

    public record AgentToken(AgentType agent, String text) {}

    /** What a waiting machine is told. */
    public sealed interface Answer {

        /** Nobody has decided; ask again after the interval. */
        record Pending() implements Answer {}

        /** Asked too soon: five seconds are added to the interval. */
        record TooSoon() implements Answer {}

        /** Unknown, too old, or answered before. */
        record Expired() implements Answer {}

        record Denied() implements Answer {}

        record Approved(List<AgentToken> tokens, String developer, Workspaces.Names names) implements Answer {}
    }

    /**
     * A machine asks.
     *
     * @param hostName what the person will recognise it by, at most 120 characters
     * @param address where it asks from
     * @throws Refusal.Invalid without agents or with an impossible name
     * @throws Refusal.TooMany {@code attempts.too-many}
     */
    public Asked ask(String hostName, List<AgentType> agents, String address) {
        String host = hostName.strip();
        if (host.isEmpty() || host.length() > LONGEST_HOST || host.chars().anyMatch(Character::isISOControl)) {
            throw Refusal.invalidField(
                    "/host_name", "A host name has 1 to " + LONGEST_HOST + " characters, all of them visible.");
        }
        if (agents.isEmpty()) {
            throw Refusal.invalidField("/agents", "Name the agents that need a token, for example claude-code.");
        }
        attempts.count(Attempts.Kind.DEVICE_ASKED, Addresses.network(address));
        String deviceCode = Secrets.random();
        String userCode = UserCode.next();
        transactions.runOutside(() -> sql.call(
                "select begin_device_grant(?, ?, ?, ?, ?, ?, ?)",
                Ids.next(),
                secrets.hash(deviceCode),
                userHash(userCode),
                host,
                address,
                agents.stream().distinct().map(AgentType::key).toList(),
                clock.instant().plus(LIFE)));
        return new Asked(deviceCode, userCode);
    }

    /**
     * What the code stands for, while nobody has decided.
     *
     * @param typed as the person typed it
     * @throws Refusal.TooMany {@code attempts.too-many}: codes are not to be guessed
     */
    public Optional<Request> look(Caller caller, String typed, String address) {
        attempts.require(Attempts.Kind.USER_CODE_TYPED, caller.developerId().toString());
        attempts.require(Attempts.Kind.USER_CODE_TYPED, Addresses.network(address));
        Optional<Request> request = UserCode.of(typed)
                .flatMap(code -> transactions.outside(() -> sql.first(
                        "select * from find_device_grant(?)", row -> request(code, row), (Object) userHash(code))));
        if (request.isEmpty()) {
            attempts.count(Attempts.Kind.USER_CODE_TYPED, caller.developerId().toString());
            attempts.count(Attempts.Kind.USER_CODE_TYPED, Addresses.network(address));
        }
        return request;
    }

    private static Request request(String code, Row row) throws SQLException {
        return new Request(
                code,
                row.text("host_name"),
                row.text("address"),
                row.texts("agents").stream().map(AgentType::of).toList(),
                row.instant("created_at"),
                row.instant("expires_at"));
    }

    /**
     * The person's word. The first one stands.
     *
     * @param seat where the machine's tokens are to work, as the person who decides
     * @throws Refusal.NotFound {@code device.unknown} when the code is unknown, too old, or decided
     */
    public void decide(Caller seat, Request request, boolean approved, String address) {
        boolean decided = transactions.outside(() -> sql.one(
                "select decide_device_grant(?, ?, ?, ?, ?) as decided",
                row -> row.bool("decided"),
                userHash(request.userCode()),
                seat.place().tenantId(),
                seat.workspaceId(),
                seat.developerId(),
                approved));
        if (!decided) {
            throw Refusal.notFound("device.unknown", "This code is not waiting any more. Start again on the machine.");
        }
        transactions.run(
                seat.place(),
                () -> audit.record(
                        seat.place().tenantId(),
                        seat.developerId(),
                        approved ? "device.approved" : "device.denied",
                        request.hostName() + " at " + request.address(),
                        Optional.of(address)));
    }

    /**
     * The machine asks whether somebody decided.
     *
     * @throws Refusal.TooMany {@code attempts.too-many}
     */
    public Answer poll(String deviceCode, String address) {
        attempts.count(Attempts.Kind.DEVICE_POLLED, Addresses.network(address));
        record Found(String status, Optional<Grant> grant) {}
        Found found = transactions.outside(() -> sql.one(
                "select * from poll_device_grant(?)",
                row -> new Found(
                        row.text("status"),
                        row.optionalUuid("grant_id").isPresent() ? Optional.of(grant(row)) : Optional.empty()),
                (Object) secrets.hash(deviceCode)));
        return switch (found.status()) {
            case "authorization_pending" -> new Answer.Pending();
            case "slow_down" -> new Answer.TooSoon();
            case "access_denied" -> new Answer.Denied();
            case "approved" -> redeem(found.grant().orElseThrow(), address);
            default -> new Answer.Expired();
        };
    }

    private record Grant(UUID id, Caller caller, List<String> agents, String hostName) {}

    private static Grant grant(Row row) throws SQLException {
        return new Grant(row.uuid("grant_id"), Caller.read(row), row.texts("agents"), row.text("host_name"));
    }

    /** Of two that ask at once one gets the tokens: they are made in the transaction that closes the grant. */
    private Answer redeem(Grant grant, String address) {
        return transactions.in(grant.caller().place(), () -> {
            boolean first = sql.one("select redeem_device_grant(?) as first", row -> row.bool("first"), grant.id());
            if (!first) {
                return new Answer.Expired();
            }
            List<AgentToken> made = grant.agents().stream()
                    .map(AgentType::of)
                    .map(agent -> new AgentToken(
                            agent,
                            tokens.mint(grant.caller(), grant.hostName(), Optional.of(agent), Optional.empty(), address)
                                    .text()))
                    .toList();
            return new Answer.Approved(
                    made,
                    grant.caller().handle(),
                    workspaces.names(grant.caller().place()));
        });
    }

    private byte[] userHash(String code) {
        return secrets.hash("user code " + code);
    }
}
