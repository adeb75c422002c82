package dev.covibe.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.covibe.testsupport.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DoctorTest {

    @TempDir
    Path directory;

    private Map<String, String> production() {
        Map<String, String> variables = new HashMap<>(Map.of(
                "COVIBE_AUTH", "workos",
                "COVIBE_HOSTED_URL", "https://co-vibe.example.com",
                "COVIBE_SECRET", "of-a-test-0123456789-0123456789-0123456789",
                "COVIBE_DATA", directory.toString(),
                "COVIBE_DATABASE_URL", TestDatabase.runtime().url(),
                "COVIBE_DATABASE_USER", TestDatabase.runtime().user(),
                "COVIBE_DATABASE_PASSWORD", TestDatabase.runtime().password(),
                "WORKOS_CLIENT_ID", "client_1",
                "WORKOS_API_KEY", "sk_live_of_a_test",
                "WORKOS_AUTHKIT_DOMAIN", "https://acme.authkit.app"));
        variables.put("COVIBE_UPLOAD_DIR", directory.toString());
        return variables;
    }

    private static List<String> troubles(Map<String, String> variables) {
        return Examination.ofProduction(new Environment(variables), Optional.of("https://co-vibe.example.com"), false)
                .stream()
                .filter(finding -> finding.level() != Finding.Level.OK)
                .map(Finding::text)
                .toList();
    }

    @Test
    void production_that_is_in_order_has_nothing_to_mend() {
        assertThat(troubles(production())).isEmpty();
        assertThat(Examination.ofProduction(new Environment(production()), Optional.empty(), false))
                .extracting(Finding::what)
                .contains(
                        "java",
                        "sign-in",
                        "origin",
                        "callback",
                        "cookies",
                        "secret",
                        "owner",
                        "data",
                        "uploads",
                        "database",
                        "role",
                        "schema",
                        "background work",
                        "tools",
                        "companion");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "COVIBE_AUTH|local|failure  sign-in: COVIBE_AUTH is local",
                "COVIBE_AUTH||failure  sign-in: COVIBE_AUTH is local",
                "COVIBE_HOSTED_URL|http://co-vibe.example.com|failure  origin: COVIBE_HOSTED_URL: http://co-vibe.example.com is not HTTPS",
                "COVIBE_HOSTED_URL|https://co-vibe.example.com/callback|failure  origin: COVIBE_HOSTED_URL:",
                "COVIBE_HOSTED_URL|https://other.example.com|failure  origin: COVIBE_HOSTED_URL says https://other.example.com, but",
                "COVIBE_SECRET|short|failure  secret: COVIBE_SECRET must have at least 32",
                "COVIBE_SECRET||failure  secret: COVIBE_SECRET is missing",
                "WORKOS_CLIENT_ID||failure  WORKOS_CLIENT_ID: is missing",
                "WORKOS_API_KEY|pk_of_a_test|failure  WORKOS_API_KEY: does not begin with sk_",
                "WORKOS_API_KEY|sk_test_of_a_test|warning  WORKOS_API_KEY: is a key of a test environment",
                "WORKOS_AUTHKIT_DOMAIN||warning  WORKOS_AUTHKIT_DOMAIN: is not an https:// address",
                "COVIBE_OWNER_DATABASE_USER|covibe_app|failure  owner: covibe_app is the owner and the server's role at once",
                "COVIBE_OWNER_DATABASE_USER|migrator|warning  owner: COVIBE_OWNER_DATABASE_USER is set here",
                "COVIBE_MIGRATE_AT_START|true|failure  migrations: COVIBE_MIGRATE_AT_START is true",
                "COVIBE_UPLOAD_DIR||warning  uploads: COVIBE_UPLOAD_DIR is not set, so photos of people are kept in",
                "COVIBE_UPLOAD_DIR|/nowhere/uploads|failure  uploads: /nowhere/uploads is not a directory",
                "COVIBE_DATABASE_URL||warning  database: COVIBE_DATABASE_URL is not set here",
                "COVIBE_DATABASE_URL|postgresql://192.0.2.1:1/covibe?connectTimeout=1|warning  database connection: may go over",
                "COVIBE_DATABASE_PASSWORD|wrong|failure  database: The database",
            })
    void each_mistake_is_a_line_of_its_own_with_what_to_do(String name, String value, String line) {
        Map<String, String> variables = production();
        variables.put(name, value == null ? "" : value);
        assertThat(troubles(variables))
                .anySatisfy(trouble -> assertThat(trouble).startsWith(line));
    }

    @Test
    void a_standard_provider_is_looked_at_in_the_place_of_workos() {
        Map<String, String> variables = production();
        List.of("WORKOS_CLIENT_ID", "WORKOS_API_KEY", "WORKOS_AUTHKIT_DOMAIN").forEach(variables::remove);
        variables.put("COVIBE_OIDC_ISSUER", "https://login.example.com");
        variables.put("COVIBE_OIDC_CLIENT_ID", "covibe");
        assertThat(troubles(variables)).singleElement().satisfies(trouble -> assertThat(trouble)
                .startsWith("failure  COVIBE_OIDC_CLIENT_SECRET: is missing"));
    }

    @Test
    void a_role_that_row_security_does_not_bind_is_a_failure() {
        Map<String, String> variables = production();
        variables.put("COVIBE_DATABASE_USER", TestDatabase.superuser().user());
        variables.put("COVIBE_DATABASE_PASSWORD", TestDatabase.superuser().password());
        assertThat(troubles(variables))
                .anySatisfy(trouble -> assertThat(trouble).startsWith("failure  role: postgres is a superuser"));
    }

    @Test
    void no_secret_is_ever_shown() {
        assertThat(Examination.ofProduction(new Environment(production()), Optional.empty(), false))
                .extracting(Finding::text)
                .noneMatch(text -> text.contains("sk_live") || text.contains("0123456789-0123456789"));
    }

    @Test
    void files_of_settings_are_read_the_most_special_first() throws IOException {
        Files.writeString(directory.resolve(".env"), """
                # settings
                export WORKOS_CLIENT_ID=client_env
                COVIBE_HOSTED_URL="https://co-vibe.example.com" # the origin
                COVIBE_SECRET='a # in quotes'
                EMPTY=
                PLAIN=text # and a comment
                """);
        Files.writeString(directory.resolve(".env.local"), "WORKOS_CLIENT_ID=client_local\n");
        assertThat(EnvironmentFiles.read(directory))
                .containsEntry("WORKOS_CLIENT_ID", "client_local")
                .containsEntry("COVIBE_HOSTED_URL", "https://co-vibe.example.com")
                .containsEntry("COVIBE_SECRET", "a # in quotes")
                .containsEntry("EMPTY", "")
                .containsEntry("PLAIN", "text");
    }
}
