package dev.covibe.guard;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Bodies that an OpenAPI schema allows, with one or a few places spoilt. The same seed makes the same bodies. */
final class FuzzedBodies {

    private static final int DEEPEST = 5;

    /** Text that has broken programs: in SQL, JSON, templates, addresses, terminals. */
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "\\u0000",
            "a\\u0000b",
            "\\ud800",
            "\\udfff\\ud800",
            "\\u202e\\u200b",
            "🎈👩‍👩‍👧‍👦",
            "ﷺ",
            "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳",
            "'; drop table tasks; --",
            "{{7*7}}{#if}",
            "${jndi:ldap://x}",
            "../../../etc/passwd",
            "<script>alert(1)</script>",
            "%s%n%x",
            "null",
            "WEB-99999999999999999999",
            "WEB--1",
            "2026-02-30T25:61:61Z",
            "+1000000000-01-01T00:00:00Z",
            "0001-01-01T00:00:00Z",
            "[[[[[[[[[[",
            "**/**/**/**/**/**/{a,{b,{c,{d}}}}",
            "github.com",
            "git@:::");

    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "0",
            "-1",
            "1e400",
            "-1e-400",
            "9223372036854775808",
            "0.1",
            "[]",
            "{}",
            "[null]",
            "[[]]",
            "{\"\":{}}",
            "\"\"",
            "NaN",
            "[1,\"a\",{}]",
            "00000000-0000-0000-0000-000000000000",
            "\"0000\"");

    private final JsonNode document;
    private final Random random;

    FuzzedBodies(JsonNode document, Random random) {
        this.document = document;
        this.random = random;
    }

    byte[] spoilt(JsonNode schema) {
        int rate = random.nextInt(4) == 0 ? 0 : random.nextInt(2, 12);
        String body = value(schema, rate, 0);
        body = switch (random.nextInt(20)) {
            case 0 -> body.substring(0, random.nextInt(body.length() + 1));
            case 1 -> body + body;
            case 2 -> "[".repeat(random.nextInt(1, 3000)) + body;
            case 3 -> "\uFEFF" + body;
            default -> body;
        };
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 0 && random.nextInt(25) == 0) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    byte[] noise() {
        byte[] bytes = new byte[random.nextInt(200)];
        random.nextBytes(bytes);
        return random.nextBoolean() ? bytes : pick(VALUES).getBytes(StandardCharsets.UTF_8);
    }

    private String value(JsonNode given, int rate, int depth) {
        if (rate > 0 && random.nextInt(rate * 3) == 0) {
            return nonsense();
        }
        JsonNode schema = resolved(given);
        if (schema.has("enum")) {
            return spoil(rate)
                    ? "\"nonesuch\""
                    : schema.path("enum")
                            .get(random.nextInt(schema.path("enum").size()))
                            .toString();
        }
        return switch (type(schema)) {
            case "object" -> object(schema, rate, depth);
            case "array" -> array(schema, rate, depth);
            case "integer", "number" -> spoil(rate) ? pick(VALUES) : Integer.toString(random.nextInt(1, 60));
            case "boolean" -> spoil(rate) ? pick(VALUES) : Boolean.toString(random.nextBoolean());
            default -> text(schema, rate);
        };
    }

    private boolean spoil(int rate) {
        return rate > 0 && random.nextInt(rate) == 0;
    }

    private JsonNode resolved(JsonNode schema) {
        JsonNode found = schema;
        for (int i = 0; i < DEEPEST; i++) {
            if (found.has("$ref")) {
                found = document.at(found.path("$ref").asText().substring(1));
            } else if (found.has("anyOf") || found.has("oneOf") || found.has("allOf")) {
                JsonNode choices = found.has("anyOf")
                        ? found.path("anyOf")
                        : found.has("oneOf") ? found.path("oneOf") : found.path("allOf");
                found = choices.get(random.nextInt(choices.size()));
            } else {
                return found;
            }
        }
        return found;
    }

    private static String type(JsonNode schema) {
        JsonNode type = schema.path("type");
        return type.isArray() ? type.get(0).asText() : type.asText("string");
    }

    private String object(JsonNode schema, int rate, int depth) {
        List<String> fields = new ArrayList<>();
        schema.path("properties").properties().forEach(property -> {
            if (depth < DEEPEST && random.nextInt(5) > 0) {
                fields.add("\"" + property.getKey() + "\":" + value(property.getValue(), rate, depth + 1));
                if (spoil(rate * 4)) {
                    fields.add("\"" + property.getKey() + "\":" + value(property.getValue(), rate, depth + 1));
                }
            }
        });
        if (spoil(rate * 4)) {
            fields.add("\"" + pick(TEXTS).replace("\"", "") + "\":" + nonsense());
        }
        return "{" + String.join(",", fields) + "}";
    }

    private String array(JsonNode schema, int rate, int depth) {
        int size = spoil(rate * 3) ? random.nextInt(300, 6000) : random.nextInt(3);
        String one = depth < DEEPEST ? value(schema.path("items"), rate, depth + 1) : "1";
        List<String> elements = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            elements.add(
                    size > 100
                            ? one.substring(0, Math.min(one.length(), 100)).equals(one) ? one : "1"
                            : value(schema.path("items"), rate, depth + 1));
        }
        return "[" + String.join(",", elements) + "]";
    }

    private String text(JsonNode schema, int rate) {
        if (spoil(rate)) {
            return random.nextInt(4) == 0 ? pick(VALUES) : quoted(strange());
        }
        return switch (schema.path("format").asText()) {
            case "uuid" -> quoted(new UUID(random.nextLong(), random.nextLong()).toString());
            case "date-time" ->
                quoted(Instant.now().minusSeconds(random.nextInt(100_000)).toString());
            case "date" -> quoted("2026-11-20");
            default ->
                quoted(pick(List.of(
                        "WEB-1",
                        "WS-1",
                        "Fill the balloon " + random.nextInt(),
                        "workspace",
                        "codex",
                        "src/**",
                        "github.com/acme/web",
                        "note",
                        "low",
                        "UTC")));
        };
    }

    private String strange() {
        return random.nextInt(5) == 0 ? pick(TEXTS).repeat(random.nextInt(1, 2000)) : pick(TEXTS);
    }

    private String nonsense() {
        return switch (random.nextInt(4)) {
            case 0 -> quoted(strange());
            case 1 -> "[".repeat(200) + "]".repeat(200);
            case 2 -> "{\"a\":".repeat(200) + "1" + "}".repeat(200);
            default -> pick(VALUES);
        };
    }

    private static String quoted(String text) {
        return "\"" + text + "\"";
    }

    private String pick(List<String> some) {
        return some.get(random.nextInt(some.size()));
    }
}
