package dev.covibe.identity;

import dev.covibe.identity.oidc.AccessTokens;
import dev.covibe.platform.sql.Sql;
import dev.covibe.tenancy.Place;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Turns an access token of the provider into the developer whom it speaks for (IDN-9). Nobody is guessed: without a seat,
 * or with seats in several companies and no word which, it fails like every bad token.
 */
@ApplicationScoped
class ProviderTokenProvider implements IdentityProvider<Credentials.OfProvider> {

    private final Sql sql;

    ProviderTokenProvider(Sql sql) {
        this.sql = sql;
    }

    private record Seat(Place place, String slug, UUID developerId, String handle, Role role) {
        boolean isNamed(String workspace) {
            return slug.equals(workspace) || place.workspaceId().toString().equals(workspace);
        }
    }

    @Override
    public Class<Credentials.OfProvider> getRequestType() {
        return Credentials.OfProvider.class;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(Credentials.OfProvider token, AuthenticationRequestContext context) {
        return context.runBlocking(() -> {
            Caller caller = callerOf(token.bearer()).orElseThrow(AuthenticationFailedException::new);
            return QuarkusSecurityIdentity.builder()
                    .setPrincipal(caller::handle)
                    .addAttribute(CurrentCaller.ATTRIBUTE, caller)
                    .build();
        });
    }

    private Optional<Caller> callerOf(AccessTokens.Bearer bearer) {
        // One read, as for MCP tokens: every call begins here, so it goes without a transaction around it.
        List<Seat> seats = sql
                .list(
                        "select * from seats_of_provider_user(?, ?)",
                        row -> new Seat(
                                new Place(row.uuid("tenant_id"), row.uuid("workspace_id")),
                                row.text("workspace_slug"),
                                row.uuid("developer_id"),
                                row.text("handle"),
                                Role.of(row.text("role"))),
                        bearer.person(),
                        bearer.organization())
                .stream()
                .filter(seat -> bearer.workspace().map(seat::isNamed).orElse(true))
                .toList();
        boolean isClear =
                seats.stream().map(seat -> seat.place().tenantId()).distinct().count() == 1;
        return isClear ? Optional.of(caller(seats.getFirst(), bearer)) : Optional.empty();
    }

    /** The provider's token has no row here; what is done with it is told apart by person, program and workspace. */
    private static Caller caller(Seat seat, AccessTokens.Bearer bearer) {
        String holder = bearer.client().orElse("") + "\n" + bearer.person() + "\n"
                + seat.place().workspaceId();
        Caller.Token token = new Caller.Token(
                UUID.nameUUIDFromBytes(("provider token\n" + holder).getBytes(StandardCharsets.UTF_8)),
                "OAuth",
                Optional.empty());
        return new Caller(
                seat.place(), seat.developerId(), seat.handle(), seat.role(), Optional.of(token), Optional.empty());
    }
}
