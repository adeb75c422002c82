package dev.covibe.work;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.covibe.platform.problem.Problem;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.platform.web.TraceIds;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** What both kinds of imported and exported files have in common: their forms and their answers. */
public final class TransferFiles {

    static final String CSV = "text/csv";
    static final String JSON_LINES = "application/x-ndjson";

    private TransferFiles() {}

    /** A refused file as a problem, with the rows at fault beside what every problem says. */
    @RegisterForReflection
    public record RefusedFile(
            String type,
            String title,
            int status,
            String detail,
            String code,
            @JsonProperty("traceId") String traceId,
            List<Import.Created> created,
            List<Import.Refused> refused) {}

    static Response answer(Import.Answer answer, Import.Options options, RoutingContext context) {
        if (answer.refused().isEmpty() || options.partial() || options.dryRun()) {
            return Response.ok(answer).build();
        }
        String detail =
                answer.refused().size() + " rows are wrong, so nothing was imported. Mend them, or send partial=true"
                        + " to import the others.";
        Problem problem = Problem.of(422, "import.refused", detail, TraceIds.of(context));
        return Response.status(422)
                .type(Problem.MEDIA_TYPE)
                .entity(new RefusedFile(
                        problem.type(),
                        problem.title(),
                        problem.status(),
                        problem.detail(),
                        problem.code(),
                        problem.traceId(),
                        answer.created(),
                        answer.refused()))
                .build();
    }

    static Import.Form form(String mediaType) {
        return MediaType.valueOf(mediaType).isCompatible(MediaType.valueOf(CSV))
                ? Import.Form.CSV
                : Import.Form.JSON_LINES;
    }

    static Import.Form form(Optional<String> format) {
        return switch (format.orElse("csv")) {
            case "csv" -> Import.Form.CSV;
            case "jsonl", "ndjson" -> Import.Form.JSON_LINES;
            default -> throw Refusal.invalidField("format", "The format is csv or jsonl.");
        };
    }

    interface Content {
        void writeTo(Writer writer) throws IOException;
    }

    static Response file(String name, Import.Form form, Content content) {
        StreamingOutput output = stream -> content.writeTo(new OutputStreamWriter(stream, StandardCharsets.UTF_8));
        String extension =
                switch (form) {
                    case CSV -> "csv";
                    case JSON_LINES -> "jsonl";
                };
        String mediaType =
                switch (form) {
                    case CSV -> CSV + ";charset=utf-8";
                    case JSON_LINES -> JSON_LINES;
                };
        return Response.ok(output, mediaType)
                .header("Content-Disposition", "attachment; filename=\"" + name + "." + extension + "\"")
                .build();
    }
}
