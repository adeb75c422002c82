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

    /**
     * How many proxies of ours every request passes, each of which adds the address that it saw to
     * {@code X-Forwarded-For}: 1 on Cloud Run. With 0 the header is whatever the asker says, and is not read.
     */
    @WithDefault("0")
    int proxyHops();

    /** How the log is written; {@code json} when hosted and {@code text} otherwise, unless this says it. */
    Optional<LogForm> log();

    /** Whether every request leaves a line; Cloud Run and proxies write such lines of their own. */
    @WithDefault("false")
    boolean logRequests();

    /** Key of every keyed hash, at least 32 characters, the same on every instance of one database. */
    String secret();

    enum LogForm {
        TEXT,
        JSON
    }

    enum AuthMode {
        LOCAL,
        WORKOS
    }
}
