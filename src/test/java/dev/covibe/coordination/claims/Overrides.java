package dev.covibe.coordination.claims;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Hears of every override, as the inbox will. */
@Singleton
class Overrides {

    final List<ClaimOverridden> heard = new CopyOnWriteArrayList<>();

    void hear(@Observes ClaimOverridden overridden) {
        heard.add(overridden);
    }
}
