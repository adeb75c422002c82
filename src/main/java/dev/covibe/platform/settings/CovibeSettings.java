package dev.covibe.platform.settings;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** What the operator decides for the whole server, read from {@code COVIBE_*} environment variables. */
@ConfigMapping(prefix = "covibe")
public interface CovibeSettings {

    /** How people sign in (IDN-1). */
    @WithDefault("local")
    AuthMode auth();

    /** The public origin of a hosted server, such as {@code https://co-vibe.example.com}. Its presence means hosted. */
    Optional<String> hostedUrl();

    /** Key of every keyed hash, at least 32 characters, the same on every instance of one database. */
    String secret();

    enum AuthMode {
        LOCAL,
        WORKOS
    }
}
