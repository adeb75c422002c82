package dev.covibe.tenancy;

import jakarta.inject.Singleton;
import java.util.Set;

/** Goes when a company starts over: recorded answers, which hold the work that they answered with. */
@Singleton
class IdempotencyRows implements Erasable {

    @Override
    public Set<String> tables() {
        return Set.of("idempotency_keys");
    }
}
