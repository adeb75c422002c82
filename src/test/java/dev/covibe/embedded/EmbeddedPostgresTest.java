package dev.covibe.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.covibe.ops.DatabaseAddress;
import dev.covibe.ops.LocalDatabase.Durability;
import dev.covibe.ops.LocalDatabase.Running;
import dev.covibe.testsupport.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EmbeddedPostgresTest {

    /** A space in the path, because people have them. */
    private final Path home = Path.of("target", "embedded test").toAbsolutePath();

    private final EmbeddedPostgres postgres = new EmbeddedPostgres();
    private final List<String> said = new ArrayList<>();

    @BeforeEach
    @AfterEach
    void clear() {
        postgres.delete(home);
    }

    @Test
    void data_survive_a_stop_and_a_start() throws SQLException {
        try (Running running = postgres.start(home, Durability.KEPT, said::add)) {
            TestDatabase.execute(running.superuser(), "create table kept (it text)");
            TestDatabase.execute(running.superuser(), "insert into kept values ('yes')");
        }
        assertThat(postgres.running(home)).isEmpty();
        try (Running running = postgres.start(home, Durability.KEPT, said::add)) {
            assertThat(text(running.superuser(), "select it from kept")).isEqualTo("yes");
        }
    }

    @Test
    void what_a_killed_server_left_running_is_taken_over() {
        Running left = start();
        try (Running running = start()) {
            assertThat(running.superuser()).isEqualTo(left.superuser());
            assertThat(said).contains("Taking over the database that an earlier server left running.");
        }
        assertThat(postgres.running(home)).isEmpty();
    }

    @Test
    void a_process_number_that_now_belongs_to_somebody_else_is_no_obstacle() throws IOException {
        start().close();
        String somebody = Long.toString(ProcessHandle.current().pid());
        Files.writeString(home.resolve("postgres/postmaster.pid"), somebody + "\n" + home + "\n1\n1\n\n\n\nready\n");

        try (Running running = start()) {
            assertThat(postgres.running(home)).contains(running.superuser());
        }
    }

    @Test
    void it_asks_for_a_password_and_keeps_it_to_its_owner() throws IOException, SQLException {
        try (Running running = start()) {
            assertThatThrownBy(() -> running.superuser().as("postgres", "guess").connect())
                    .hasMessageContaining("password authentication failed");
            assertThat(text(running.superuser(), "show listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(text(running.superuser(), "show password_encryption")).isEqualTo("scram-sha-256");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("postgres-password"))))
                .isEqualTo("rw-------");
    }

    @Test
    void data_that_people_keep_are_flushed() throws SQLException {
        try (Running running = postgres.start(home, Durability.KEPT, said::add)) {
            assertThat(text(running.superuser(), "show fsync")).isEqualTo("on");
            assertThat(text(running.superuser(), "show synchronous_commit")).isEqualTo("on");
            assertThat(text(running.superuser(), "show full_page_writes")).isEqualTo("on");
        }
    }

    @Test
    void a_first_start_that_was_cut_off_is_done_again() throws IOException {
        start().close();
        Files.delete(home.resolve("postgres/covibe.conf"));
        Files.delete(home.resolve("postgres/PG_VERSION"));

        try (Running running = start()) {
            assertThat(postgres.running(home)).contains(running.superuser());
        }
    }

    private Running start() {
        return postgres.start(home, Durability.DISPOSABLE, said::add);
    }

    private static String text(DatabaseAddress address, String sql) throws SQLException {
        try (Connection connection = address.connect();
                ResultSet results = connection.createStatement().executeQuery(sql)) {
            results.next();
            return results.getString(1);
        }
    }
}
