package dev.covibe.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.covibe.testsupport.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class SchemaPinTest {

    private static final Path PINNED = Path.of("src/main/resources/db/schema.txt");

    @Test
    void the_schema_that_a_server_expects_is_the_one_that_the_migrations_make() throws SQLException, IOException {
        String made;
        try (var connection = TestDatabase.superuser().connect()) {
            made = Schema.found(connection).text();
        }
        if (Boolean.getBoolean("schema.pin")) {
            Files.writeString(PINNED, made);
        }
        assertThat(Files.readString(PINNED))
                .as("after a new migration run `mvn test -Dtest=SchemaPinTest -Dschema.pin=true` and commit " + PINNED)
                .isEqualTo(made);
    }
}
