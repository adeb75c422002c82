package dev.covibe.work;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.writer.CsvWriter;
import dev.covibe.identity.Caller;
import dev.covibe.platform.sql.Row;
import dev.covibe.platform.sql.Sql;
import dev.covibe.platform.web.SafeCell;
import dev.covibe.tenancy.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.Writer;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Writes tasks and workstreams into a file that {@link Import} reads back (WRK-7). Read in pages, so that the size of the
 * workspace does not matter.
 */
@ApplicationScoped
public class Export {

    private static final int PAGE = 500;

    private final Transactions transactions;
    private final Sql sql;
    private final ObjectMapper json;

    Export(Transactions transactions, Sql sql, ObjectMapper json) {
        this.transactions = transactions;
        this.sql = sql;
        this.json = json;
    }

    private record Line(UUID id, Map<String, Object> fields) {}

    private interface Pages {
        List<Line> after(UUID last);
    }

    /** Writes every task, the oldest first; of one project where a key is given. */
    public void tasks(Caller caller, Optional<String> projectKey, Import.Form form, Writer writer) throws IOException {
        write(
                form,
                writer,
                last -> transactions.in(
                        caller.place(),
                        () -> sql.list("""
                        select t.id, p.key || '-' || t.number as key, t.title, t.description, t.status, t.priority,
                               t.labels, o.handle as owner, 'WS-' || s.number as workstream, t.paths,
                               t.external_references as refs
                          from tasks t
                          join projects p on p.workspace_id = t.workspace_id and p.id = t.project_id
                          left join developers o on o.id = t.owner_id
                          left join workstreams s on s.workspace_id = t.workspace_id and s.id = t.workstream_id
                         where t.workspace_id = ? and t.id > ? and (?::text is null or p.key = upper(?::text))
                         order by t.id limit ?
                        """, Export::task, caller.workspaceId(), last, projectKey, projectKey, PAGE)));
    }

    private static Line task(Row row) throws SQLException {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("key", row.text("key"));
        fields.put("title", row.text("title"));
        fields.put("description", row.text("description"));
        fields.put("status", row.text("status"));
        fields.put("priority", row.text("priority"));
        fields.put("labels", row.texts("labels"));
        fields.put("owner", row.optionalText("owner").orElse(""));
        fields.put("workstream", row.optionalText("workstream").orElse(""));
        fields.put("paths", row.texts("paths"));
        fields.put("references", row.texts("refs"));
        return new Line(row.uuid("id"), fields);
    }

    /** Writes every workstream, the oldest first. */
    public void workstreams(Caller caller, Import.Form form, Writer writer) throws IOException {
        write(
                form,
                writer,
                last -> transactions.in(
                        caller.place(), () -> sql.list("""
                        select s.id, 'WS-' || s.number as key, s.name, s.goal, s.status, o.handle as owner,
                               s.target_date::text as target_date
                          from workstreams s
                          left join developers o on o.id = s.owner_id
                         where s.workspace_id = ? and s.id > ?
                         order by s.id limit ?
                        """, Export::workstream, caller.workspaceId(), last, PAGE)));
    }

    private static Line workstream(Row row) throws SQLException {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("key", row.text("key"));
        fields.put("name", row.text("name"));
        fields.put("goal", row.text("goal"));
        fields.put("status", row.text("status"));
        fields.put("owner", row.optionalText("owner").orElse(""));
        fields.put("target_date", row.optionalText("target_date").orElse(""));
        return new Line(row.uuid("id"), fields);
    }

    private void write(Import.Form form, Writer writer, Pages pages) throws IOException {
        CsvWriter csv = CsvWriter.builder().build(writer);
        UUID last = new UUID(0, 0);
        boolean first = true;
        List<Line> lines;
        do {
            lines = pages.after(last);
            for (Line line : lines) {
                switch (form) {
                    case CSV -> {
                        if (first) {
                            csv.writeRecord(List.copyOf(line.fields().keySet()));
                        }
                        csv.writeRecord(line.fields().values().stream()
                                .map(Export::cell)
                                .toList());
                    }
                    case JSON_LINES -> writer.write(json(line.fields()) + "\n");
                }
                first = false;
                last = line.id();
            }
        } while (lines.size() == PAGE);
        csv.flush();
        writer.flush();
    }

    private static String cell(Object value) {
        return SafeCell.of(
                value instanceof List<?> list
                        ? String.join("|", list.stream().map(String::valueOf).toList())
                        : String.valueOf(value));
    }

    private String json(Map<String, Object> fields) {
        try {
            return json.writeValueAsString(fields);
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException("An exported line cannot be written.", failure);
        }
    }
}
