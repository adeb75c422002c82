package dev.covibe.agents.telemetry;

import dev.covibe.testsupport.Fixtures;
import dev.covibe.testsupport.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.LocalDate;

/** What the real programs sent on 2026-11-21, each asked to say hello to a model that was played by a small server. */
final class Recordings {

    static final LocalDate DAY = LocalDate.of(2026, 11, 21);

    private Recordings() {}

    static byte[] read(String name) {
        try (InputStream stream = Recordings.class.getResourceAsStream("/telemetry/" + name)) {
            return stream.readAllBytes();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static String text(String name) {
        return new String(read(name), java.nio.charset.StandardCharsets.UTF_8);
    }

    /** So that recordings are never too old. */
    static void keepLong(Fixtures.Workspace workspace) {
        TestDatabase.execute(
                TestDatabase.superuser(),
                "update covibe.tenants set raw_telemetry_days = 3650 where id = '%s'"
                        .formatted(workspace.admin().place().tenantId()));
    }
}
