package dev.covibe.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentTest {

    @TempDir
    Path data;

    @Test
    void without_any_setting_it_serves_this_machine_on_8080() {
        Environment environment = new Environment(Map.of());

        assertThat(environment.port()).isEqualTo(8080);
        assertThat(environment.host()).isEqualTo("127.0.0.1");
        assertThat(environment.isLocal()).isTrue();
        assertThat(environment.hasExternalDatabase()).isFalse();
        assertThat(environment.migratesAtStart()).isFalse();
        assertThat(environment.data()).isAbsolute().hasFileName(".covibe");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "65536", "http", "-1", "8080 8081"})
    void a_port_that_is_none_is_wrong_usage(String port) {
        assertThatThrownBy(() -> new Environment(Map.of("PORT", port)).port())
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.exitCode()).isEqualTo(ExitCodes.USAGE))
                .hasMessageContaining(port);
    }

    @Test
    void local_mode_refuses_a_public_address() {
        assertThatThrownBy(() -> new Environment(Map.of("COVIBE_HOSTED_URL", "https://co-vibe.example.com")).auth())
                .isInstanceOf(Failure.class)
                .hasMessageContaining("https://co-vibe.example.com");
        assertThat(new Environment(Map.of("COVIBE_HOSTED_URL", "https://co-vibe.example.com", "COVIBE_AUTH", "workos"))
                        .auth())
                .isEqualTo("workos");
    }

    @Test
    void an_unknown_sign_in_mode_is_wrong_usage() {
        assertThatThrownBy(() -> new Environment(Map.of("COVIBE_AUTH", "none")).auth())
                .hasMessageContaining("local or workos");
    }

    @Test
    void a_local_server_makes_its_secret_once_and_a_hosted_one_must_be_told() throws Exception {
        Environment local = new Environment(Map.of("COVIBE_DATA", data.toString()));

        assertThat(local.secret()).hasSizeGreaterThanOrEqualTo(32).isEqualTo(local.secret());
        assertThat(Files.getPosixFilePermissions(data.resolve("secret"))).hasSize(2);
        assertThatThrownBy(() -> new Environment(Map.of("COVIBE_AUTH", "workos")).secret())
                .hasMessageContaining("COVIBE_SECRET is missing");
        assertThatThrownBy(() -> new Environment(Map.of("COVIBE_SECRET", "short")).secret())
                .hasMessageContaining("at least 32");
    }

    @Test
    void both_forms_of_a_database_url_are_understood() {
        DatabaseAddress own = new Environment(Map.of(
                        "COVIBE_DATABASE_URL", "postgresql://app:p%40ss@db.example.com:5433/work?sslmode=require"))
                .runtime();
        assertThat(own.url()).isEqualTo("jdbc:postgresql://db.example.com:5433/work?sslmode=require");
        assertThat(own.user()).isEqualTo("app");
        assertThat(own.password()).isEqualTo("p@ss");
        assertThat(own.place()).isEqualTo("postgresql://db.example.com:5433/work");
        assertThat(own.with("currentSchema", "covibe").url()).endsWith("?sslmode=require&currentSchema=covibe");

        DatabaseAddress jdbc = new Environment(Map.of(
                        "COVIBE_DATABASE_URL", "jdbc:postgresql://db/work",
                        "COVIBE_DATABASE_USER", "app",
                        "COVIBE_DATABASE_PASSWORD", "secret"))
                .runtime();
        assertThat(jdbc.url()).isEqualTo("jdbc:postgresql://db/work");
        assertThat(jdbc.toString()).doesNotContain("secret");
    }

    @Test
    void a_database_url_of_another_kind_is_refused_without_being_repeated() {
        assertThatThrownBy(
                        () -> new Environment(Map.of("COVIBE_DATABASE_URL", "mysql://root:geheim@db/work")).runtime())
                .isInstanceOf(Failure.class)
                .hasMessageContaining("postgresql://")
                .hasMessageNotContaining("geheim");
        assertThatThrownBy(() -> new Environment(Map.of("COVIBE_DATABASE_URL", "postgresql://db/work")).runtime())
                .hasMessageContaining("COVIBE_DATABASE_USER");
        assertThatThrownBy(() -> new Environment(
                                Map.of("COVIBE_DATABASE_URL", "postgresql://db/work", "COVIBE_DATABASE_USER", "app"))
                        .owner())
                .hasMessageContaining("COVIBE_OWNER_DATABASE_USER");
    }
}
