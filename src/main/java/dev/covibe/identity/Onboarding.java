package dev.covibe.identity;

import dev.covibe.platform.problem.Refusal;
import dev.covibe.platform.sql.Ids;
import dev.covibe.platform.sql.Sql;
import dev.covibe.tenancy.Place;
import dev.covibe.tenancy.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Creates a tenant, its first workspace and its first admin in one step (IDN-4). */
@ApplicationScoped
public class Onboarding {

    private static final int LONGEST_NAME = 120;

    private final Transactions transactions;
    private final Sql sql;
    private final Audit audit;

    Onboarding(Transactions transactions, Sql sql, Audit audit) {
        this.transactions = transactions;
        this.sql = sql;
        this.audit = audit;
    }

    /** @throws Refusal.Invalid when a name is missing or too long, or the handle has other than letters, digits, dashes */
    public Caller open(String email, String tenant, String workspace, String name, String handle, String address) {
        String tenantName = named("/tenant", "The company", tenant);
        String workspaceName = named("/workspace", "The workspace", workspace);
        String personName = named("/name", "You", name);
        String wanted = Handle.of(handle);
        Place place = new Place(Ids.next(), Ids.next());
        UUID developerId = Ids.next();
        transactions.outside(() -> sql.list(
                "select open_tenant(?, ?, ?, ?, ?, ?, ?, ?, ?)",
                row -> developerId,
                place.tenantId(),
                tenantName,
                place.workspaceId(),
                workspaceName,
                slug(workspaceName),
                developerId,
                email,
                personName,
                wanted));
        transactions.run(
                place,
                () -> audit.record(place.tenantId(), developerId, "tenant.opened", tenantName, Optional.of(address)));
        return new Caller(place, developerId, wanted, Role.ADMIN, Optional.empty(), Optional.empty());
    }

    private static String named(String pointer, String what, String name) {
        String stripped = name.strip();
        if (stripped.isEmpty() || stripped.length() > LONGEST_NAME) {
            throw Refusal.invalidField(pointer, what + " needs a name of 1 to " + LONGEST_NAME + " characters.");
        }
        return stripped;
    }

    /** A workspace's name as a part of a URL: {@code Core Platform} becomes {@code core-platform}. */
    public static String slug(String name) {
        String slug =
                name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
        String cut = slug.length() > 63 ? slug.substring(0, 63) : slug;
        return cut.isEmpty() ? "workspace" : cut;
    }
}
