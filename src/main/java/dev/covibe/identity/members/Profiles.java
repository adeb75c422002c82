package dev.covibe.identity.members;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.covibe.identity.Access;
import dev.covibe.identity.Audit;
import dev.covibe.identity.Caller;
import dev.covibe.identity.Handle;
import dev.covibe.identity.Name;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.platform.sql.Row;
import dev.covibe.platform.sql.Sql;
import dev.covibe.tenancy.Transactions;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/** What people say of themselves: name and handle. The email never changes (IDN-5). */
@ApplicationScoped
public class Profiles {

    private final Transactions transactions;
    private final Sql sql;
    private final Access access;
    private final Audit audit;

    Profiles(Transactions transactions, Sql sql, Access access, Audit audit) {
        this.transactions = transactions;
        this.sql = sql;
        this.access = access;
        this.audit = audit;
    }

    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Profile(UUID id, String email, String name, String handle, Optional<String> photo) {}

    public Profile of(Caller caller) {
        return transactions.in(
                caller.place(),
                () -> sql.one(
                        "select id, email, name, handle, photo from developers where id = ?",
                        Profiles::profile,
                        caller.developerId()));
    }

    private static Profile profile(Row row) throws SQLException {
        return new Profile(
                row.uuid("id"), row.text("email"), row.text("name"), row.text("handle"), row.optionalText("photo"));
    }

    /**
     * Changes the caller's own name and handle; what is empty stays.
     *
     * @param name 1 to 120 characters
     * @param handle 1 to 39 letters, digits or dashes
     * @throws Refusal.Conflict {@code member.handle-taken}; a removed person's handle stays theirs, for the history's sake
     * @throws Refusal.Forbidden {@code identity.people-only}
     */
    public Profile change(Caller caller, Optional<String> name, Optional<String> handle) {
        caller.mustBeInPerson();
        Optional<String> wantedName = name.map(said -> Name.of("/name", "A person", said));
        Optional<String> wantedHandle = handle.map(Handle::of);
        Profile changed = transactions.in(caller.place(), () -> {
            // Held until the commit, so that of two who want one handle the second sees that it is gone.
            transactions.oneAfterTheOther();
            wantedHandle.ifPresent(text -> mustBeFree(caller, text));
            Profile before = of(caller);
            sql.update(
                    "update developers set name = coalesce(?, name), handle = coalesce(?, handle) where id = ?",
                    wantedName,
                    wantedHandle,
                    caller.developerId());
            Profile after = of(caller);
            if (!before.handle().equals(after.handle())) {
                audit.record(caller, "member.handle-changed", "@" + before.handle() + " is now @" + after.handle());
            }
            return after;
        });
        access.changed(caller.developerId());
        return changed;
    }

    private void mustBeFree(Caller caller, String handle) {
        boolean taken = sql.first(
                        "select id from developers where tenant_id = ? and handle = ? and id <> ?",
                        row -> row.uuid("id"),
                        caller.place().tenantId(),
                        handle,
                        caller.developerId())
                .isPresent();
        if (taken) {
            throw Refusal.conflict("member.handle-taken", "Somebody is, or was, called @" + handle + " already.");
        }
    }
}
