package dev.covibe.ops.canary;

import com.fasterxml.jackson.databind.JsonNode;
import dev.covibe.ops.Failure;
import dev.covibe.ops.ToolSurface;
import java.util.ArrayList;
import java.util.List;

/** What the server says of itself, and whether it is the release that this canary belongs to. */
final class HealthProbes {

    private HealthProbes() {}

    static List<Probe> all(String version) {
        return List.of(
                new Probe("health", HealthProbes::health),
                new Probe("schema", HealthProbes::schema),
                new Probe("version", remote -> version(remote, version)),
                new Probe("WorkOS mode", HealthProbes::mode),
                new Probe("tool surface", HealthProbes::surface));
    }

    private static JsonNode report(Remote remote) {
        Answer answer = remote.get("/api/health");
        if (answer.status() != 200 && answer.status() != 503) {
            answer.mustBe(200, "that is not Co-Vibe, or the load balancer does not reach it.");
        }
        JsonNode report = answer.json();
        if (!report.path("status").isTextual()) {
            throw Failure.of("GET /api/health answers without a status: that is not Co-Vibe.");
        }
        return report;
    }

    private static String health(Remote remote) {
        JsonNode report = report(remote);
        if (!report.path("database").path("reachable").asBoolean()) {
            throw Failure.of(
                    "The server cannot reach its database: check COVIBE_DATABASE_URL, the network between them,"
                            + " and that the database runs.");
        }
        JsonNode unavailable = report.path("auth").path("unavailable");
        if (unavailable.isTextual()) {
            throw Failure.of("Nobody can sign in: " + unavailable.asText());
        }
        JsonNode schema = report.path("database").path("schema");
        if (!report.path("status").asText().equals("ok")
                && schema.path("complete").asBoolean()) {
            throw Failure.of("The server says of itself that it is "
                    + report.path("status").asText() + ": read the rest of /api/health.");
        }
        return "the server answers, its database is reachable";
    }

    private static String schema(Remote remote) {
        JsonNode schema = report(remote).path("database").path("schema");
        if (!schema.path("complete").asBoolean()) {
            throw Failure.of("The schema is not the one that the server needs (missing: " + missing(schema)
                    + "): run `covibe migrate` with the release that is deployed.");
        }
        return "complete, at migration " + schema.path("migration").asText();
    }

    private static String missing(JsonNode schema) {
        List<String> names = new ArrayList<>();
        schema.path("missing_tables").forEach(name -> names.add("table " + name.asText()));
        schema.path("missing_columns").forEach(name -> names.add("column " + name.asText()));
        schema.path("missing_migrations").forEach(name -> names.add("migration " + name.asText()));
        return names.isEmpty() ? "it does not say what" : String.join(", ", names);
    }

    private static String version(Remote remote, String expected) {
        String found = report(remote).path("version").asText();
        if (!found.equals(expected)) {
            throw Failure.of("The server is of version " + found + " and this canary of " + expected
                    + ": deploy the release, or run the canary that came with it.");
        }
        return found;
    }

    private static String mode(Remote remote) {
        String mode = report(remote).path("auth").path("mode").asText();
        if (!mode.equals("workos")) {
            throw Failure.of("The server signs people in in " + mode + " mode, which asks nobody for a password: set"
                    + " COVIBE_AUTH=workos.");
        }
        return "sign-in is through WorkOS";
    }

    private static String surface(Remote remote) {
        JsonNode mcp = report(remote).path("mcp");
        List<String> expected = ToolSurface.expected();
        if (mcp.path("tools").asInt() != expected.size()) {
            throw Failure.of("The server offers " + mcp.path("tools").asInt() + " MCP tools instead of "
                    + expected.size() + ": it is another build than this canary's.");
        }
        if (!mcp.path("surface").asText().equals(ToolSurface.digest(expected))) {
            throw Failure.of("The server offers as many MCP tools as it should, but not those: their names have another"
                    + " digest. It is another build than this canary's.");
        }
        return expected.size() + " tools, the right ones";
    }
}
