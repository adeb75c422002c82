package dev.covibe.identity.oidc;

import dev.covibe.platform.settings.CovibeSettings;
import dev.covibe.platform.settings.CovibeSettings.AuthMode;
import jakarta.inject.Singleton;
import java.util.List;
import org.eclipse.microprofile.config.Config;

/** The {@link Provider} of the running server. */
@Singleton
public class Providers {

    private final Provider provider;

    Providers(CovibeSettings settings, Config config) {
        this.provider = settings.auth() == AuthMode.LOCAL
                ? new Provider.Incomplete("Local mode signs people in itself.", List.of())
                : Provider.of(name -> config.getOptionalValue(name, String.class));
    }

    public Provider provider() {
        return provider;
    }
}
