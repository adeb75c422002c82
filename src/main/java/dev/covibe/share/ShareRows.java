package dev.covibe.share;

import dev.covibe.tenancy.Erasable;
import jakarta.inject.Singleton;
import java.util.Set;

/** Goes when a company starts over: what was shared shows work. */
@Singleton
class ShareRows implements Erasable {

    @Override
    public Set<String> tables() {
        return Set.of("share_links");
    }
}
