package dev.covibe.overlap;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What an operator may set about the overlap check. */
@ConfigMapping(prefix = "covibe.overlap")
interface OverlapConfig {

    /** For how many days finished work stays a candidate (OVL-1). */
    @WithDefault("30")
    int recentDays();
}
