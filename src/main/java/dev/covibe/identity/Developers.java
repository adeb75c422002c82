package dev.covibe.identity;

import dev.covibe.platform.problem.Refusal;
import dev.covibe.platform.sql.Row;
import dev.covibe.platform.sql.Sql;
import dev.covibe.tenancy.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** The members of the caller's workspace. */
@ApplicationScoped
public class Developers {

    private final Transactions transactions;
    private final Sql sql;

    Developers(Transactions transactions, Sql sql) {
        this.transactions = transactions;
        this.sql = sql;
    }

    /** @param photo the hash of their photo */
    public record Member(UUID id, String handle, String name, String email, Optional<String> photo) {}

    private static final String MEMBERS = """
            select d.id, d.handle, d.name, d.email, d.photo
              from workspace_members m
              join developers d on d.id = m.developer_id and d.removed_at is null
             where m.workspace_id = ?
            """;

    public List<Member> list(Caller caller) {
        return transactions.in(
                caller.place(),
                () -> sql.list(MEMBERS + " order by d.handle limit 500", Developers::member, caller.workspaceId()));
    }

    /**
     * The member called so, by handle (with or without {@code @}) or email.
     *
     * @throws Refusal.Invalid {@code developer.unknown}
     */
    public Member named(Caller caller, String handleOrEmail, String pointer) {
        String name = handleOrEmail.strip().toLowerCase(Locale.ROOT).replaceFirst("^@", "");
        return transactions
                .in(
                        caller.place(),
                        () -> sql.first(
                                MEMBERS + " and (d.handle = ? or d.email = ?)",
                                Developers::member,
                                caller.workspaceId(),
                                name,
                                name))
                .orElseThrow(() ->
                        Refusal.invalidField(pointer, "There is no member '" + handleOrEmail + "' in this workspace."));
    }

    public Optional<Member> find(Caller caller, UUID developerId) {
        return transactions.in(
                caller.place(),
                () -> sql.first(MEMBERS + " and d.id = ?", Developers::member, caller.workspaceId(), developerId));
    }

    private static Member member(Row row) throws SQLException {
        return new Member(
                row.uuid("id"), row.text("handle"), row.text("name"), row.text("email"), row.optionalText("photo"));
    }
}
