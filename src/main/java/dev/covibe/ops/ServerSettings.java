package dev.covibe.ops;

/** Hands what the start-up code found out to the configuration of the server that is about to boot. */
final class ServerSettings {

    private ServerSettings() {}

    static void connect(DatabaseAddress runtime, String secret) {
        System.setProperty("covibe.secret", secret);
        System.setProperty("quarkus.datasource.jdbc.url", runtime.url());
        System.setProperty("quarkus.datasource.username", runtime.user());
        System.setProperty("quarkus.datasource.password", runtime.password());
    }
}
