package dev.covibe.identity.members;

import dev.covibe.identity.Caller;
import dev.covibe.identity.Role;
import dev.covibe.platform.sql.Row;
import dev.covibe.platform.sql.Sql;
import dev.covibe.platform.web.Cursor;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads who is in the company. Wants a transaction of the tenant. */
@ApplicationScoped
class MemberQueries {

    private static final String MEMBERS = """
            select d.id, d.handle, d.name, d.email, d.role, d.created_at, d.photo, i.invited_at,
                   (o.id is not null) as waiting, o.last_error, o.next_try_at,
                   w.ids as workspace_ids, w.names as workspace_names
              from developers d
              left join invitations i on i.developer_id = d.id and i.accepted_at is null and i.ended_at is null
              left join lateral (select x.id, x.last_error, x.next_try_at
                                   from outbox x
                                  where x.developer_id = d.id and x.kind = 'invitation' and x.done_at is null
                                    and x.given_up_at is null
                                  order by x.id limit 1) o on i.id is not null
              left join lateral (select array_agg(s.id order by s.name, s.id) as ids,
                                        array_agg(s.name order by s.name, s.id) as names
                                   from workspace_members m
                                   join workspaces s on s.id = m.workspace_id and s.archived_at is null
                                  where m.developer_id = d.id
                                    and (? or exists (select from workspace_members mine
                                                       where mine.workspace_id = s.id and mine.developer_id = ?))) w on true
             where d.tenant_id = ? and d.removed_at is null
            """;

    // Before everybody: a parameter without a type would make the driver ask the database twice each time.
    private static final UUID FIRST_ID = new UUID(0, 0);

    private final Sql sql;

    MemberQueries(Sql sql) {
        this.sql = sql;
    }

    List<Member> page(Caller caller, Optional<Cursor> cursor, int limit) {
        return sql.list(
                MEMBERS + """
                   and (d.created_at, d.id) > (?::timestamptz, ?)
                 order by d.created_at, d.id
                 limit ?
                """,
                MemberQueries::member,
                caller.role() == Role.ADMIN,
                caller.developerId(),
                caller.place().tenantId(),
                cursor.map(position -> position.at().toString()).orElse("-infinity"),
                cursor.map(Cursor::id).orElse(FIRST_ID),
                limit);
    }

    Optional<Member> find(Caller caller, UUID id) {
        return sql.first(
                MEMBERS + " and d.id = ?",
                MemberQueries::member,
                caller.role() == Role.ADMIN,
                caller.developerId(),
                caller.place().tenantId(),
                id);
    }

    /** Admins other than this one who could still act: an invited one who never came is none. */
    boolean hasAnotherAdmin(UUID tenantId, UUID than) {
        return sql.one("""
                select exists (select from developers d
                                where d.tenant_id = ? and d.role = 'admin' and d.removed_at is null and d.id <> ?
                                  and not exists (select from invitations i
                                                   where i.developer_id = d.id and i.accepted_at is null
                                                     and i.ended_at is null)) as another
                """, row -> row.bool("another"), tenantId, than);
    }

    private static Member member(Row row) throws SQLException {
        List<UUID> ids = row.uuids("workspace_ids");
        List<String> names = row.texts("workspace_names");
        List<Member.Workspace> workspaces = new ArrayList<>();
        for (int n = 0; n < ids.size(); n++) {
            workspaces.add(new Member.Workspace(ids.get(n), names.get(n)));
        }
        Optional<Instant> invited = row.optionalInstant("invited_at");
        return new Member(
                row.uuid("id"),
                row.text("handle"),
                row.text("name"),
                row.text("email"),
                Member.RoleKey.of(Role.of(row.text("role"))),
                row.instant("created_at"),
                workspaces,
                invited.isEmpty() ? Optional.empty() : Optional.of(invitation(invited.get(), row)),
                row.optionalText("photo"));
    }

    private static Member.Invitation invitation(Instant invitedAt, Row row) throws SQLException {
        Optional<String> error = row.optionalText("last_error");
        if (!row.bool("waiting")) {
            return new Member.Invitation(Member.State.SENT, invitedAt, Optional.empty(), Optional.empty());
        }
        return new Member.Invitation(
                error.isPresent() ? Member.State.FAILING : Member.State.WAITING,
                invitedAt,
                error.isPresent() ? row.optionalInstant("next_try_at") : Optional.empty(),
                error);
    }
}
