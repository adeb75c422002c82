package dev.covibe.guard.wrong;

import dev.covibe.platform.sql.Ids;
import java.util.UUID;

/** Uses the platform, which its package-info does not allow. */
public record WrongImport(UUID id) {

    public static WrongImport next() {
        return new WrongImport(Ids.next());
    }
}
