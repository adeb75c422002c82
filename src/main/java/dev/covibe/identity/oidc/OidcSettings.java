package dev.covibe.identity.oidc;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** A standard OpenID Connect provider in the place of WorkOS, read from {@code COVIBE_OIDC_*} environment variables. */
@ConfigMapping(prefix = "covibe.oidc")
public interface OidcSettings {

    /** Where the provider publishes its discovery document; its presence means that this provider is used. */
    Optional<String> issuer();

    Optional<String> clientId();

    /** Never logged. */
    Optional<String> clientSecret();

    /** The claim that names a person's organization, where the provider knows organizations. */
    @WithDefault("org_id")
    String organizationClaim();
}
