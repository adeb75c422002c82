package dev.covibe.identity;

import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Turns a session cookie into the person who signed in. A dead cookie is simply nobody. */
@ApplicationScoped
class BrowserProvider implements IdentityProvider<Credentials.OfBrowser> {

    private final PersonSessions sessions;

    BrowserProvider(PersonSessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public Class<Credentials.OfBrowser> getRequestType() {
        return Credentials.OfBrowser.class;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(Credentials.OfBrowser cookie, AuthenticationRequestContext context) {
        return context.runBlocking(() -> sessions.find(cookie.secret(), cookie.tenant())
                .map(BrowserProvider::identity)
                .orElse(null));
    }

    private static SecurityIdentity identity(PersonSessions.Person person) {
        QuarkusSecurityIdentity.Builder identity = QuarkusSecurityIdentity.builder()
                .setPrincipal(person::email)
                .addAttribute(CurrentCaller.PERSON, person);
        person.caller().ifPresent(caller -> identity.addAttribute(CurrentCaller.ATTRIBUTE, caller));
        return identity.build();
    }
}
