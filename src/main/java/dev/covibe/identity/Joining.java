package dev.covibe.identity;

import dev.covibe.identity.PersonSessions.Membership;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.platform.settings.CovibeSettings;
import dev.covibe.platform.settings.CovibeSettings.AuthMode;
import dev.covibe.platform.sql.Ids;
import dev.covibe.platform.sql.Sql;
import dev.covibe.tenancy.Place;
import dev.covibe.tenancy.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A person's seat in a workspace, asked for by name at the server's own machine (OPS-13). In local mode whatever is
 * missing is made: tenant, workspace, developer, membership. Elsewhere people join by invitation.
 */
@ApplicationScoped
public class Joining {

    private static final String FIRST_TENANT = "Local";
    private static final String ADDRESS = "command line";

    private final Transactions transactions;
    private final Sql sql;
    private final PersonSessions sessions;
    private final Onboarding onboarding;
    private final Audit audit;
    private final CovibeSettings settings;

    Joining(
            Transactions transactions,
            Sql sql,
            PersonSessions sessions,
            Onboarding onboarding,
            Audit audit,
            CovibeSettings settings) {
        this.transactions = transactions;
        this.sql = sql;
        this.sessions = sessions;
        this.onboarding = onboarding;
        this.audit = audit;
        this.settings = settings;
    }

    private record Tenant(UUID id, String name) {}

    /**
     * @param workspace its name, or the name's form in URLs
     * @param tenant its name; empty where only one can be meant
     * @throws Refusal when the email is none, when it is not clear which tenant is meant, or when something is missing
     *     and this is not local mode
     */
    public Caller seat(String email, String workspace, Optional<String> tenant) {
        String wanted = Email.read(email)
                .orElseThrow(() -> Refusal.invalidField("/email", "'" + email + "' is not an email address."));
        String slug = Onboarding.slug(workspace);
        List<Membership> present = sessions.memberships(wanted).stream()
                .filter(membership -> Onboarding.slug(membership.workspace()).equals(slug))
                .filter(membership ->
                        tenant.map(membership.tenant()::equalsIgnoreCase).orElse(true))
                .toList();
        if (present.size() > 1) {
            throw unclear();
        }
        if (present.size() == 1) {
            Membership membership = present.getFirst();
            Place place = new Place(membership.tenantId(), membership.workspaceId());
            return transactions.in(place, () -> caller(place, membership.developerId()));
        }
        if (settings.auth() != AuthMode.LOCAL) {
            throw Refusal.forbidden(
                    "identity.not-a-member",
                    wanted + " is not a member of a workspace '" + workspace + "'. People join by invitation.");
        }
        return join(wanted, workspace, slug, tenant);
    }

    private Caller join(String email, String workspace, String slug, Optional<String> wanted) {
        List<Tenant> tenants = transactions.outside(() -> sql.list(
                "select * from find_tenants(?)",
                row -> new Tenant(row.uuid("tenant_id"), row.text("tenant_name")),
                wanted.orElse("")));
        if (tenants.size() > 1) {
            throw unclear();
        }
        if (tenants.isEmpty()) {
            String name = Handle.localPart(email);
            return onboarding.open(
                    email, wanted.orElse(FIRST_TENANT), workspace, name, Handle.madeOf(email, 0), ADDRESS);
        }
        UUID tenantId = tenants.getFirst().id();
        // Rows of a tenant need no workspace; the place is completed by the one that is found or made.
        UUID made = Ids.next();
        UUID workspaceId = transactions.in(new Place(tenantId, made), () -> workspace(tenantId, made, workspace, slug));
        Place place = new Place(tenantId, workspaceId);
        return transactions.in(place, () -> {
            UUID developerId = developer(tenantId, email);
            int joined = sql.update("""
                    insert into workspace_members (tenant_id, workspace_id, developer_id) values (?, ?, ?)
                        on conflict do nothing
                    """, tenantId, workspaceId, developerId);
            if (joined > 0) {
                audit.record(tenantId, developerId, "member.added", email, Optional.of(ADDRESS));
            }
            return caller(place, developerId);
        });
    }

    private UUID workspace(UUID tenantId, UUID made, String name, String slug) {
        return sql.first(
                        "select id from workspaces where tenant_id = ? and slug = ? and archived_at is null",
                        row -> row.uuid("id"),
                        tenantId,
                        slug)
                .orElseGet(() -> {
                    sql.update(
                            "insert into workspaces (id, tenant_id, name, slug) values (?, ?, ?, ?)",
                            made,
                            tenantId,
                            name.strip(),
                            slug);
                    return made;
                });
    }

    private record Known(UUID id, boolean removed) {}

    private UUID developer(UUID tenantId, String email) {
        Optional<Known> known = sql.first(
                "select id, removed_at is not null as removed from developers where tenant_id = ? and email = ?",
                row -> new Known(row.uuid("id"), row.bool("removed")),
                tenantId,
                email);
        if (known.isPresent()) {
            if (known.get().removed()) {
                throw Refusal.conflict("identity.removed", email + " was removed from this company.");
            }
            return known.get().id();
        }
        UUID id = Ids.next();
        String name = Handle.localPart(email);
        for (int attempt = 0; ; attempt++) {
            int inserted = sql.update("""
                    insert into developers (id, tenant_id, email, name, handle, role) values (?, ?, ?, ?, ?, 'member')
                        on conflict (tenant_id, handle) do nothing
                    """, id, tenantId, email, name, Handle.madeOf(email, attempt));
            if (inserted > 0) {
                return id;
            }
        }
    }

    private Caller caller(Place place, UUID developerId) {
        return sql.one(
                "select handle, role from developers where id = ?",
                row -> new Caller(
                        place,
                        developerId,
                        row.text("handle"),
                        Role.of(row.text("role")),
                        Optional.empty(),
                        Optional.empty()),
                developerId);
    }

    private static Refusal unclear() {
        return Refusal.invalidField("/tenant", "Several companies could be meant: name one with --tenant.");
    }
}
