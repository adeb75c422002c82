package dev.covibe.identity;

import dev.covibe.identity.oidc.Provider;
import dev.covibe.identity.oidc.Providers;
import dev.covibe.identity.workos.Organizations;
import dev.covibe.platform.crypto.Secrets;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.platform.sql.Ids;
import dev.covibe.platform.sql.Sql;
import dev.covibe.platform.sql.SqlFailure;
import dev.covibe.tenancy.Place;
import dev.covibe.tenancy.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** Creates a tenant, its first workspace and its first admin in one step (IDN-4). */
@ApplicationScoped
public class Onboarding {

    private final Transactions transactions;
    private final Sql sql;
    private final Audit audit;
    private final Secrets secrets;
    private final Organizations organizations;
    private final boolean workos;

    Onboarding(
            Transactions transactions,
            Sql sql,
            Audit audit,
            Secrets secrets,
            Organizations organizations,
            Providers providers) {
        this.transactions = transactions;
        this.sql = sql;
        this.audit = audit;
        this.secrets = secrets;
        this.organizations = organizations;
        this.workos = providers.provider() instanceof Provider.Workos;
    }

    /** What is open to a person who is a member of no workspace. */
    public sealed interface Prospect {

        /** To set a company up. */
        record Open() implements Prospect {}

        /** To be invited: the company that they signed in to is set up, and they are no member of it. */
        record Invited(String tenant) implements Prospect {}

        /** To sign in to a company that they belong to already. */
        record Elsewhere(List<Company> companies) implements Prospect {}
    }

    /** @param organization the provider's id, to sign in to */
    public record Company(String organization, String name) {}

    /** @throws Refusal.Conflict when WorkOS cannot be asked */
    public Prospect prospect(PersonSessions.Person person) {
        Optional<PersonSessions.Vouched> vouched = person.vouched();
        Optional<String> organization = vouched.flatMap(PersonSessions.Vouched::organization);
        if (organization.isPresent()) {
            return tenantOf(organization.get())
                    .<Prospect>map(Prospect.Invited::new)
                    .orElseGet(Prospect.Open::new);
        }
        if (vouched.isEmpty() || !workos) {
            return new Prospect.Open();
        }
        List<Company> companies = organizations.of(vouched.get().id()).stream()
                .map(membership -> new Company(
                        membership.organizationId(),
                        Objects.requireNonNullElse(membership.organizationName(), "Your company")))
                .toList();
        return companies.isEmpty() ? new Prospect.Open() : new Prospect.Elsewhere(companies);
    }

    private Optional<String> tenantOf(String organization) {
        return transactions.outside(() -> sql.first(
                "select tenant_name from tenant_of_organization(?)", row -> row.text("tenant_name"), organization));
    }

    /**
     * Opens a company for a person whom a provider vouches for. With WorkOS the company is an organization there: the one
     * that the person signed in to, or a new one. Whatever fails, nothing is half made.
     *
     * @param secret of the person's session, which goes on in the new company
     * @throws Refusal.Invalid as {@link #open}
     * @throws Refusal.Conflict {@code workos.refused}, or {@code onboarding.taken} when the company is set up already
     */
    public Caller openVouched(
            PersonSessions.Vouched person, String secret, String tenant, String workspace, String name, String handle) {
        Names names = names(tenant, workspace, name, handle);
        Place place = new Place(Ids.next(), Ids.next());
        UUID developerId = Ids.next();
        Optional<String> made = workos && person.organization().isEmpty()
                ? Optional.of(organizations.create(names.tenant(), place.tenantId(), person.id()))
                : Optional.empty();
        try {
            open(place, developerId, names, secret, made.or(person::organization));
        } catch (RuntimeException failure) {
            made.ifPresent(organizations::discard);
            throw failure;
        }
        transactions.run(
                place,
                () -> audit.record(place.tenantId(), developerId, "tenant.opened", names.tenant(), audit.address()));
        return new Caller(place, developerId, names.handle(), Role.ADMIN, Optional.empty(), Optional.empty());
    }

    private void open(Place place, UUID developerId, Names names, String secret, Optional<String> organization) {
        try {
            boolean opened = transactions.outside(() -> sql.one(
                    "select open_organization_tenant(?, ?, ?, ?, ?, ?, ?, ?, ?, ?) as opened",
                    row -> row.bool("opened"),
                    place.tenantId(),
                    names.tenant(),
                    place.workspaceId(),
                    names.workspace(),
                    slug(names.workspace()),
                    developerId,
                    names.person(),
                    names.handle(),
                    secrets.hash(secret),
                    organization));
            if (!opened) {
                throw Refusal.conflict("onboarding.over", "You were signed out meanwhile. Sign in again.");
            }
        } catch (SqlFailure failure) {
            if (failure.isDuplicate()) {
                throw Refusal.conflict(
                        "onboarding.taken",
                        "This company was set up already, by somebody else of it. Ask an admin to invite you.");
            }
            throw failure;
        }
    }

    private record Names(String tenant, String workspace, String person, String handle) {}

    /** @throws Refusal.Invalid when a name is missing or too long, or the handle has other than letters, digits, dashes */
    public Caller open(String email, String tenant, String workspace, String name, String handle, String address) {
        Names names = names(tenant, workspace, name, handle);
        Place place = new Place(Ids.next(), Ids.next());
        UUID developerId = Ids.next();
        transactions.outside(() -> sql.list(
                "select open_tenant(?, ?, ?, ?, ?, ?, ?, ?, ?)",
                row -> developerId,
                place.tenantId(),
                names.tenant(),
                place.workspaceId(),
                names.workspace(),
                slug(names.workspace()),
                developerId,
                email,
                names.person(),
                names.handle()));
        transactions.run(
                place,
                () -> audit.record(
                        place.tenantId(), developerId, "tenant.opened", names.tenant(), Optional.of(address)));
        return new Caller(place, developerId, names.handle(), Role.ADMIN, Optional.empty(), Optional.empty());
    }

    private static Names names(String tenant, String workspace, String name, String handle) {
        return new Names(
                Name.of("/tenant", "The company", tenant),
                Name.of("/workspace", "The workspace", workspace),
                Name.of("/name", "A person", name),
                Handle.of(handle));
    }

    /** A workspace's name as a part of a URL: {@code Core Platform} becomes {@code core-platform}. */
    public static String slug(String name) {
        String slug =
                name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
        String cut = slug.length() > 63 ? slug.substring(0, 63) : slug;
        return cut.isEmpty() ? "workspace" : cut;
    }
}
