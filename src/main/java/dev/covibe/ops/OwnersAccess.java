package dev.covibe.ops;

/** The configured database, or the embedded one, for a command that works as its owner. */
public final class OwnersAccess {

    private OwnersAccess() {}

    /** What a command does with the two roles; answers the exit code. */
    @FunctionalInterface
    public interface Work {
        int run(DatabaseAddress owner, DatabaseAddress runtime);
    }

    /**
     * @param purpose told to whoever wants the embedded database meanwhile, such as {@code covibe backup}
     * @throws Failure when the settings do not name an owner, or the database is not to be had
     */
    public static int with(Environment environment, String purpose, Work work) {
        if (environment.hasExternalDatabase()) {
            return work.run(environment.owner(), environment.runtime());
        }
        try (EmbeddedAccess access = EmbeddedAccess.open(environment, purpose)) {
            return work.run(access.superuser(), access.runtime());
        }
    }
}
