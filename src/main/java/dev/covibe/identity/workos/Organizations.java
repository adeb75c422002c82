package dev.covibe.identity.workos;

import dev.covibe.identity.workos.WorkosApi.Membership;
import dev.covibe.identity.workos.WorkosApi.NewMembership;
import dev.covibe.identity.workos.WorkosApi.NewOrganization;
import dev.covibe.platform.problem.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.ProcessingException;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;

/** Organizations of WorkOS, as onboarding needs them (IDN-4): made whole or not at all. */
@ApplicationScoped
public class Organizations {

    private static final Logger LOG = Logger.getLogger(Organizations.class);

    private final WorkosApi workos;

    Organizations(@RestClient WorkosApi workos) {
        this.workos = workos;
    }

    /** Where a WorkOS user is a member now. */
    public List<Membership> of(String userId) {
        try {
            return workos.memberships(userId, "active", 100).data();
        } catch (WorkosFailure | ProcessingException failure) {
            LOG.warnf("The organizations of a person cannot be read: %s", failure.getMessage());
            throw Refusal.conflict(
                    "workos.away", "WorkOS cannot be asked right now which companies you belong to. Try again.");
        }
    }

    /**
     * Makes an organization with one admin. Answers its id.
     *
     * @param tenantId WorkOS keeps it as the external id, so that a repeated call cannot make a second organization
     * @throws Refusal.Conflict {@code workos.refused}; then there is no organization
     */
    public String create(String name, UUID tenantId, String userId) {
        String id;
        try {
            id = workos.createOrganization(new NewOrganization(name, tenantId.toString()))
                    .id();
        } catch (WorkosFailure | ProcessingException failure) {
            throw refused(failure);
        }
        try {
            workos.createMembership(new NewMembership(userId, id, WorkosApi.ADMIN));
            return id;
        } catch (WorkosFailure | ProcessingException failure) {
            discard(id);
            throw refused(failure);
        }
    }

    /** Takes back what {@link #create} made. Where that fails too, the log names what is left over. */
    public void discard(String organizationId) {
        try {
            workos.deleteOrganization(organizationId);
        } catch (WorkosFailure | ProcessingException failure) {
            LOG.errorf(
                    "The organization %s belongs to no company here and could not be deleted at WorkOS (%s):"
                            + " delete it in the WorkOS dashboard.",
                    organizationId, failure.getMessage());
        }
    }

    private static Refusal refused(RuntimeException failure) {
        LOG.warnf("WorkOS did not make an organization: %s", failure.getMessage());
        return Refusal.conflict(
                "workos.refused",
                "WorkOS did not take the new company, so nothing was made here either. Try again in a moment; if it"
                        + " stays so, whoever runs this server finds the reason in its log.");
    }
}
