package dev.covibe.identity.workos;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** The company's account at WorkOS, read from {@code WORKOS_*} environment variables. Unused in local mode. */
@ConfigMapping(prefix = "workos")
public interface WorkosSettings {

    /** The environment's client, {@code client_…}. */
    Optional<String> clientId();

    /** The secret of every call to WorkOS, {@code sk_…}. Never logged. */
    Optional<String> apiKey();

    /** Who signs the access tokens; where it is not set, both spellings that WorkOS is known to use are taken. */
    Optional<String> issuer();

    /** Where WorkOS answers. Another address than WorkOS' own is for emulators. */
    String apiUrl();

    /** The AuthKit domain, such as {@code https://acme.authkit.app}: it gives MCP clients their tokens (IDN-9). */
    Optional<String> authkitDomain();
}
