package dev.covibe.identity.workos;

import dev.covibe.platform.settings.CovibeSettings;
import dev.covibe.platform.settings.CovibeSettings.AuthMode;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/** Whether there is an account at WorkOS to tell things: not in local mode, nor where another provider signs people in. */
@Singleton
public class WorkosAccount {

    private final boolean there;

    WorkosAccount(CovibeSettings settings, WorkosSettings workos, Config config) {
        this.there =
                isThere(settings.auth(), workos.apiKey(), config.getOptionalValue("covibe.oidc.issuer", String.class));
    }

    /** @param other the issuer of another provider: where there is one, a key of WorkOS is left from before */
    static boolean isThere(AuthMode mode, Optional<String> apiKey, Optional<String> other) {
        return mode == AuthMode.WORKOS
                && apiKey.filter(key -> !key.isBlank()).isPresent()
                && other.filter(issuer -> !issuer.isBlank()).isEmpty();
    }

    public boolean isThere() {
        return there;
    }
}
