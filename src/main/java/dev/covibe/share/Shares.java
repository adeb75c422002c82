package dev.covibe.share;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.covibe.identity.Audit;
import dev.covibe.identity.Caller;
import dev.covibe.identity.Role;
import dev.covibe.platform.crypto.Secrets;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.platform.sql.Ids;
import dev.covibe.platform.sql.Sql;
import dev.covibe.tenancy.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Makes links to frozen snapshots, shows them, and takes them back (SIT-3). */
@ApplicationScoped
public class Shares {

    /** Days for which a link may hold. */
    public static final List<Integer> LIFETIMES = List.of(1, 7, 30, 90);

    private static final int MOST_LISTED = 200;
    private static final String TOKEN = "[A-Za-z0-9_-]{43}";

    private final Transactions transactions;
    private final Sql sql;
    private final Snapshots snapshots;
    private final Secrets secrets;
    private final Audit audit;
    private final ObjectMapper json;
    private final Clock clock;

    Shares(
            Transactions transactions,
            Sql sql,
            Snapshots snapshots,
            Secrets secrets,
            Audit audit,
            ObjectMapper json,
            Clock clock) {
        this.transactions = transactions;
        this.sql = sql;
        this.snapshots = snapshots;
        this.secrets = secrets;
        this.audit = audit;
        this.json = json;
        this.clock = clock;
    }

    /** @param token what stands behind {@code /share/}: told here, and never again */
    public record Made(String token, String title, Instant expires) {}

    /** @param own whether the reader made it; who made it and admins may revoke it */
    public record Link(
            UUID id,
            ShareKind kind,
            String title,
            String by,
            boolean own,
            Instant created,
            Instant expires,
            Optional<Instant> revoked,
            long views) {

        public boolean isLive(Instant now) {
            return revoked.isEmpty() && expires.isAfter(now);
        }
    }

    /** @param expires until when the link holds */
    public record Shown(Snapshot snapshot, Instant expires) {}

    /**
     * Freezes a view and makes a link to it.
     *
     * @param of a day of the week, a workstream's key, a developer's handle; empty for performance
     * @param days one of {@link #LIFETIMES}
     */
    public Made make(Caller caller, ShareKind kind, String of, int days) {
        if (!LIFETIMES.contains(days)) {
            throw Refusal.invalidField("/days", "A link holds for 1, 7, 30 or 90 days.");
        }
        Snapshot snapshot = snapshots.take(caller, kind, of);
        String token = Secrets.random();
        Instant now = clock.instant();
        Instant expires = now.plus(Duration.ofDays(days));
        transactions.run(caller.place(), () -> {
            sql.update(
                    """
                    insert into share_links (id, workspace_id, token_hash, kind, title, content, created_by, created_at, expires_at)
                    values (?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?)
                    """,
                    Ids.next(),
                    caller.workspaceId(),
                    secrets.hash(token),
                    kind.key(),
                    snapshot.title(),
                    write(snapshot),
                    caller.developerId(),
                    now,
                    expires);
            audit.record(caller, "share.created", kind.title() + ": " + snapshot.title() + ", for " + days + " days");
        });
        return new Made(token, snapshot.title(), expires);
    }

    /** The last made first, at most {@value #MOST_LISTED}. */
    public List<Link> list(Caller caller) {
        return transactions.in(
                caller.place(),
                () -> sql.list(
                        """
                        select s.id, s.kind, s.title, d.handle, s.created_by = ? as own, s.created_at, s.expires_at,
                               s.revoked_at, s.views
                          from share_links s
                          join developers d on d.id = s.created_by
                         where s.workspace_id = ?
                         order by s.created_at desc, s.id desc limit %d
                        """.formatted(MOST_LISTED),
                        row -> new Link(
                                row.uuid("id"),
                                ShareKind.of(row.text("kind")),
                                row.text("title"),
                                row.text("handle"),
                                row.bool("own"),
                                row.instant("created_at"),
                                row.instant("expires_at"),
                                row.optionalInstant("revoked_at"),
                                row.bigint("views")),
                        caller.developerId(),
                        caller.workspaceId()));
    }

    /**
     * From now on nobody is shown anything. A second time changes nothing.
     *
     * @throws Refusal.NotFound {@code share.unknown}
     * @throws Refusal.Forbidden when somebody else made it and the caller is no admin
     */
    public void revoke(Caller caller, UUID id) {
        transactions.run(caller.place(), () -> {
            Link link = list(caller).stream()
                    .filter(one -> one.id().equals(id))
                    .findFirst()
                    .orElseThrow(() -> Refusal.notFound("share.unknown", "There is no such link in this workspace."));
            if (!link.own() && caller.role() != Role.ADMIN) {
                throw Refusal.forbidden("share.not-yours", "Who made a link may revoke it, and admins.");
            }
            int revoked = sql.update(
                    "update share_links set revoked_at = ? where workspace_id = ? and id = ? and revoked_at is null",
                    clock.instant(),
                    caller.workspaceId(),
                    id);
            if (revoked > 0) {
                audit.record(caller, "share.revoked", link.kind().title() + ": " + link.title());
            }
        });
    }

    /** What a link shows, counting the view; empty when there is none, or it has ended, which is told alike. */
    public Optional<Shown> open(String token) {
        if (!token.matches(TOKEN)) {
            return Optional.empty();
        }
        return transactions.outside(() -> sql.first(
                "select title, content::text as content, expires_at from open_share_link(?)",
                row -> new Shown(read(row.text("content")), row.instant("expires_at")),
                (Object) secrets.hash(token)));
    }

    private String write(Snapshot snapshot) {
        try {
            return json.writeValueAsString(snapshot);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private Snapshot read(String content) {
        try {
            return json.readValue(content, Snapshot.class);
        } catch (JsonProcessingException unreadable) {
            throw new IllegalStateException("A snapshot cannot be read.", unreadable);
        }
    }
}
