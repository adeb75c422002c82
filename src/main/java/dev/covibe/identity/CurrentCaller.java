package dev.covibe.identity;

import dev.covibe.platform.problem.Refusal;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;

/** The caller of the running request, for edges. Features take a {@link Caller} and never ask who is there. */
@RequestScoped
public class CurrentCaller {

    static final String ATTRIBUTE = "covibe.caller";
    static final String PERSON = "covibe.person";

    private final SecurityIdentity identity;

    CurrentCaller(SecurityIdentity identity) {
        this.identity = identity;
    }

    /** The member who calls; refuses a person who belongs to no workspace yet. */
    public Caller get() {
        return caller().orElseThrow(
                        () -> Refusal.forbidden(
                                "identity.no-workspace",
                                "You are signed in, but not a member of any workspace yet. Ask an admin of your company to invite you."));
    }

    public Optional<Caller> caller() {
        return Optional.ofNullable(identity.getAttribute(ATTRIBUTE));
    }

    /** The person at the browser; empty for a token and for nobody. */
    public Optional<PersonSessions.Person> person() {
        return Optional.ofNullable(identity.getAttribute(PERSON));
    }
}
