package dev.covibe.identity;

import dev.covibe.platform.settings.CovibeSettings;
import dev.covibe.platform.settings.CovibeSettings.AuthMode;
import dev.covibe.platform.web.Cookies;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;

/** Moves a browser to another workspace of its person. A local server remembers the company in a cookie (IDN-3). */
@Singleton
public class Moving {

    private final PersonSessions sessions;
    private final Cookies cookies;
    private final boolean local;

    Moving(PersonSessions sessions, Cookies cookies, CovibeSettings settings) {
        this.sessions = sessions;
        this.cookies = cookies;
        this.local = settings.auth() == AuthMode.LOCAL;
    }

    /** What became of the wish. */
    public sealed interface Answer {

        record Entered() implements Answer {}

        /** It is in another company of this person's, which the provider has to let them in to first. */
        record AnotherCompany(String organization) implements Answer {}

        /** There is no such workspace, as far as this person may know. */
        record Unknown() implements Answer {}
    }

    public Answer enter(RoutingContext context, UUID workspaceId) {
        Optional<String> secret = cookies.read(context, Cookies.SESSION);
        if (secret.isEmpty()) {
            return new Answer.Unknown();
        }
        if (sessions.enter(secret.get(), workspaceId)) {
            if (local) {
                rememberTenant(context, secret.get());
            }
            return new Answer.Entered();
        }
        return sessions.organizationOf(secret.get(), workspaceId)
                .<Answer>map(Answer.AnotherCompany::new)
                .orElseGet(Answer.Unknown::new);
    }

    private void rememberTenant(RoutingContext context, String secret) {
        sessions.find(secret, Optional.empty())
                .flatMap(PersonSessions.Person::caller)
                .ifPresent(caller -> cookies.write(
                        context, Cookies.TENANT, caller.place().tenantId().toString(), PersonSessions.LIFE));
    }

    /** The company that a local browser worked in last. */
    public Optional<UUID> rememberedTenant(RoutingContext context) {
        return local ? cookies.read(context, Cookies.TENANT).flatMap(Moving::uuid) : Optional.empty();
    }

    private static Optional<UUID> uuid(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }
}
