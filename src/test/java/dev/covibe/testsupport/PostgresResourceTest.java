package dev.covibe.testsupport;

import static org.assertj.core.api.Assertions.assertThat;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

@QuarkusTest
class PostgresResourceTest {

    @Inject
    AgroalDataSource dataSource;

    @Test
    void quarkus_runs_on_the_real_database_as_the_runtime_role() throws SQLException {
        try (var connection = dataSource.getConnection();
                var results = connection
                        .createStatement()
                        .executeQuery("select current_user, current_schema, to_regclass('tasks') is not null")) {
            results.next();
            assertThat(results.getString(1)).isEqualTo("covibe_app");
            assertThat(results.getString(2)).isEqualTo("covibe");
            assertThat(results.getBoolean(3)).isTrue();
        }
    }
}
