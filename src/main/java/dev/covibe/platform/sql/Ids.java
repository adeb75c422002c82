package dev.covibe.platform.sql;

import com.github.f4b6a3.uuid.UuidCreator;
import java.util.UUID;

/** Keys of rows: UUIDv7, so that rows made later sort later and indexes grow at one end. */
public final class Ids {

    private Ids() {}

    public static UUID next() {
        return UuidCreator.getTimeOrderedEpoch();
    }
}
