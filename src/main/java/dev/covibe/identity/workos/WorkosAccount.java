package dev.covibe.identity.workos;

import dev.covibe.platform.settings.CovibeSettings;
import dev.covibe.platform.settings.CovibeSettings.AuthMode;
import jakarta.inject.Singleton;

/** Whether there is an account at WorkOS to tell things: not in local mode, nor where another provider signs people in. */
@Singleton
public class WorkosAccount {

    private final boolean there;

    WorkosAccount(CovibeSettings settings, WorkosSettings workos) {
        this.there = settings.auth() == AuthMode.WORKOS && workos.apiKey().isPresent();
    }

    public boolean isThere() {
        return there;
    }
}
