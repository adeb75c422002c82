package dev.covibe.platform.limits;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/**
 * How much is let through (PLT-9): {@code COVIBE_LIMITS_MCP=1200/1m} and so on. The first five are counted by each
 * instance for itself, because they protect its throughput; the others guard who gets in and are counted in the database.
 */
@ConfigMapping(prefix = "covibe.limits")
public interface LimitSettings {

    /** MCP calls of one token. A machine full of agents makes a few a second; a loop without end makes hundreds. */
    @WithDefault("1200/1m")
    Allowance mcp();

    /** Reports of one token: usage, telemetry, snapshots, heartbeats. */
    @WithDefault("3000/1m")
    Allowance ingest();

    /** Other writes of one developer, by whatever token or browser. */
    @WithDefault("1200/1m")
    Allowance writes();

    /** Everything else that one developer asks for. */
    @WithDefault("6000/1m")
    Allowance calls();

    /** Requests without credentials from one address; pictures, styles and health are free. */
    @WithDefault("600/1m")
    Allowance anonymous();

    /** Sign-ins from one address that did not succeed. */
    @WithDefault("20/10m")
    Allowance signIns();

    /** Different bad tokens from one address. */
    @WithDefault("20/10m")
    Allowance badTokens();

    /** Texts with leaked tokens handed in from one address. */
    @WithDefault("20/10m")
    Allowance foundTokens();

    /** Wrong codes typed by one person, and from one address. */
    @WithDefault("10/15m")
    Allowance userCodes();

    /** Machines that ask for codes from one address. */
    @WithDefault("20/10m")
    Allowance deviceCodes();

    /** How often machines at one address ask whether somebody decided. */
    @WithDefault("3000/10m")
    Allowance devicePolls();
}
