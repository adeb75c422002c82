package dev.covibe.work;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.platform.web.SafeCell;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A file of rows to import (WRK-7): CSV after RFC 4180 with a header, or JSON Lines. Rows are numbered from 1, the header
 * not counted. A row that cannot be read is kept with the reason, so that one answer reports them all.
 */
final class ImportFile {

    /** More rows than this in one file are refused; send several files. */
    static final int MOST_ROWS = 10_000;

    /** Columns of an export that an import may carry along; they say nothing about a new item. */
    private static final Set<String> IGNORED = Set.of("key");

    private ImportFile() {}

    /**
     * @param number counted from 1
     * @param fields the row's fields by column; absent ones are missing or empty
     * @param unreadable why the row could not be read at all
     */
    record Row(int number, Map<String, String> fields, Optional<String> unreadable) {

        Optional<String> text(String column) {
            return Optional.ofNullable(fields.get(column)).map(String::strip).filter(value -> !value.isEmpty());
        }

        /** A list whose parts are separated by {@code |}. */
        List<String> list(String column) {
            return text(column).stream()
                    .flatMap(value -> Arrays.stream(value.split("\\|")))
                    .map(String::strip)
                    .filter(part -> !part.isEmpty())
                    .toList();
        }
    }

    /** @throws Refusal.Invalid when the file as a whole cannot be read: no header, unknown columns, an open quote */
    static List<Row> csv(String text, Set<String> columns, String wanted) {
        if (text.chars().filter(character -> character == '"').count() % 2 == 1) {
            throw Refusal.invalid(
                    "import.quotes", "A quote in this CSV is opened and never closed. Fields double their own quotes.");
        }
        List<Row> rows = new ArrayList<>();
        List<String> header = null;
        try (CsvReader<CsvRecord> reader = CsvReader.builder()
                .allowExtraFields(true)
                .allowMissingFields(true)
                .detectBomHeader(false)
                .ofCsvRecord(text.startsWith("\uFEFF") ? text.substring(1) : text)) {
            for (CsvRecord record : reader) {
                if (header == null) {
                    header = header(record.getFields(), columns, wanted);
                } else {
                    rows.add(row(rows.size() + 1, header, record));
                    refuseTooMany(rows.size());
                }
            }
        } catch (CsvParseException broken) {
            throw Refusal.invalid("import.csv", "This is not CSV: " + reason(broken));
        } catch (IOException impossible) {
            throw new IllegalStateException("A text cannot fail to be read.", impossible);
        }
        if (header == null) {
            throw Refusal.invalid("import.empty", "This CSV is empty. Its first line names the columns.");
        }
        return rows;
    }

    /** The library says where it was; what was wrong there it keeps in the cause. */
    private static String reason(CsvParseException broken) {
        return broken.getCause() == null
                ? broken.getMessage()
                : broken.getCause().getMessage();
    }

    private static List<String> header(List<String> names, Set<String> columns, String wanted) {
        List<String> header = names.stream()
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .toList();
        List<String> unknown = header.stream()
                .filter(name -> !columns.contains(name) && !IGNORED.contains(name))
                .toList();
        if (!unknown.isEmpty()) {
            throw Refusal.invalid(
                    "import.columns",
                    "Unknown columns: " + String.join(", ", unknown) + ". Known: "
                            + String.join(", ", columns.stream().sorted().toList()) + ".");
        }
        if (!header.contains(wanted)) {
            throw Refusal.invalid("import.columns", "The column " + wanted + " is missing from the first line.");
        }
        if (header.stream().distinct().count() < header.size()) {
            throw Refusal.invalid("import.columns", "The first line names a column twice.");
        }
        return header;
    }

    private static Row row(int number, List<String> header, CsvRecord record) {
        if (record.getFieldCount() != header.size()) {
            String reason = "Line " + record.getStartingLineNumber() + " has " + record.getFieldCount()
                    + " fields where the header has " + header.size() + ".";
            return new Row(number, Map.of(), Optional.of(reason));
        }
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 0; i < header.size(); i++) {
            fields.put(header.get(i), SafeCell.read(record.getField(i)));
        }
        return new Row(number, fields, Optional.empty());
    }

    /** One JSON object a line; lists as arrays or as text separated by {@code |}. */
    static List<Row> jsonLines(String text, Set<String> columns, ObjectMapper json) {
        List<Row> rows = new ArrayList<>();
        for (String line : text.split("\\R")) {
            if (!line.isBlank()) {
                rows.add(row(rows.size() + 1, line, columns, json));
                refuseTooMany(rows.size());
            }
        }
        if (rows.isEmpty()) {
            throw Refusal.invalid("import.empty", "This file is empty. Each line holds one JSON object.");
        }
        return rows;
    }

    private static Row row(int number, String line, Set<String> columns, ObjectMapper json) {
        Map<String, String> fields = new LinkedHashMap<>();
        try {
            JsonNode node = json.readTree(line);
            if (!node.isObject()) {
                return new Row(number, Map.of(), Optional.of("The line is not a JSON object."));
            }
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                if (!columns.contains(field.getKey()) && !IGNORED.contains(field.getKey())) {
                    return new Row(number, Map.of(), Optional.of("There is no field " + field.getKey() + "."));
                }
                fields.put(field.getKey(), text(field.getValue()));
            }
        } catch (JsonProcessingException broken) {
            return new Row(number, Map.of(), Optional.of("The line is not valid JSON."));
        }
        return new Row(number, fields, Optional.empty());
    }

    private static String text(JsonNode value) {
        if (value.isArray()) {
            List<String> parts = new ArrayList<>();
            value.forEach(part -> parts.add(part.asText()));
            return String.join("|", parts);
        }
        return value.isNull() ? "" : value.asText();
    }

    private static void refuseTooMany(int rows) {
        if (rows > MOST_ROWS) {
            throw Refusal.invalid("import.too-many", "A file has at most " + MOST_ROWS + " rows. Send it in parts.");
        }
    }
}
