package dev.covibe.agents.telemetry;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.MessageLite;
import dev.covibe.agents.telemetry.Telemetry.Encoding;
import dev.covibe.agents.telemetry.Telemetry.Outcome;
import dev.covibe.agents.usage.IngestResource;
import dev.covibe.identity.Caller;
import dev.covibe.identity.CurrentCaller;
import dev.covibe.platform.problem.Refusal;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsPartialSuccess;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** OTLP over HTTP, so that agents can report with no companion at all. Answers as the OTLP specification has it. */
@Path("/api/otlp/v1")
@Tag(name = "OpenTelemetry")
@Consumes({OtlpResource.PROTOBUF, MediaType.APPLICATION_JSON})
@RunOnVirtualThread
public class OtlpResource {

    static final String PROTOBUF = "application/x-protobuf";

    /** What a compressed body may become. The body itself has at most 10 MiB. */
    private static final int MOST_INFLATED = 32 * 1024 * 1024;

    private final CurrentCaller current;
    private final Telemetry telemetry;

    OtlpResource(CurrentCaller current, Telemetry telemetry) {
        this.current = current;
        this.telemetry = telemetry;
    }

    @POST
    @Path("/metrics")
    @Operation(
            summary = "Report metrics by OTLP",
            description =
                    "Token and cost metrics of Claude Code, Codex and Gemini CLI; others are ignored. Needs an MCP token.")
    @APIResponse(responseCode = "200", description = "Taken; `partial_success` says what was rejected and why")
    public Response metrics(
            @HeaderParam("Content-Type") MediaType type,
            @HeaderParam("Content-Encoding") Optional<String> compression,
            byte[] body) {
        Caller caller = IngestResource.reporting(current.get());
        Encoding encoding = encoding(type);
        Outcome outcome = telemetry.metrics(caller, inflated(body, compression), encoding);
        return answer(encoding, outcome, "rejectedDataPoints", () -> {
            var answer = ExportMetricsServiceResponse.newBuilder();
            if (!outcome.message().isEmpty()) {
                answer.setPartialSuccess(ExportMetricsPartialSuccess.newBuilder()
                        .setRejectedDataPoints(outcome.rejected())
                        .setErrorMessage(outcome.message()));
            }
            return answer.build();
        });
    }

    @POST
    @Path("/logs")
    @Operation(
            summary = "Report log events by OTLP",
            description =
                    "Calls, errors and tools of Claude Code, Codex and Gemini CLI. Bodies and unknown attributes are dropped unread. Needs an MCP token.")
    @APIResponse(responseCode = "200", description = "Taken; `partial_success` says what was rejected and why")
    public Response logs(
            @HeaderParam("Content-Type") MediaType type,
            @HeaderParam("Content-Encoding") Optional<String> compression,
            byte[] body) {
        Caller caller = IngestResource.reporting(current.get());
        Encoding encoding = encoding(type);
        Outcome outcome = telemetry.logs(caller, inflated(body, compression), encoding);
        return answer(encoding, outcome, "rejectedLogRecords", () -> {
            var answer = ExportLogsServiceResponse.newBuilder();
            if (!outcome.message().isEmpty()) {
                answer.setPartialSuccess(ExportLogsPartialSuccess.newBuilder()
                        .setRejectedLogRecords(outcome.rejected())
                        .setErrorMessage(outcome.message()));
            }
            return answer.build();
        });
    }

    @POST
    @Path("/traces")
    @Operation(
            summary = "Report spans by OTLP",
            description =
                    "What a session's time went into. Names, events, links and unknown attributes are dropped. Needs an MCP token.")
    @APIResponse(responseCode = "200", description = "Taken; `partial_success` says what was rejected and why")
    public Response traces(
            @HeaderParam("Content-Type") MediaType type,
            @HeaderParam("Content-Encoding") Optional<String> compression,
            byte[] body) {
        Caller caller = IngestResource.reporting(current.get());
        Encoding encoding = encoding(type);
        Outcome outcome = telemetry.traces(caller, inflated(body, compression), encoding);
        return answer(encoding, outcome, "rejectedSpans", () -> {
            var answer = ExportTraceServiceResponse.newBuilder();
            if (!outcome.message().isEmpty()) {
                answer.setPartialSuccess(ExportTracePartialSuccess.newBuilder()
                        .setRejectedSpans(outcome.rejected())
                        .setErrorMessage(outcome.message()));
            }
            return answer.build();
        });
    }

    private static Encoding encoding(MediaType type) {
        return type.isCompatible(MediaType.APPLICATION_JSON_TYPE) ? Encoding.JSON : Encoding.PROTOBUF;
    }

    private interface Message {
        MessageLite build();
    }

    /** In the encoding of the request. */
    private static Response answer(Encoding encoding, Outcome outcome, String rejectedName, Message protobuf) {
        return switch (encoding) {
            case PROTOBUF ->
                Response.ok(protobuf.build().toByteArray()).type(PROTOBUF).build();
            case JSON -> {
                ObjectNode answer = JsonNodeFactory.instance.objectNode();
                if (!outcome.message().isEmpty()) {
                    // Protobuf's JSON writes numbers of 64 bits as text.
                    answer.putObject("partialSuccess")
                            .put(rejectedName, Long.toString(outcome.rejected()))
                            .put("errorMessage", outcome.message());
                }
                yield Response.ok(answer.toString())
                        .type(MediaType.APPLICATION_JSON)
                        .build();
            }
        };
    }

    private static byte[] inflated(byte[] body, Optional<String> compression) {
        String how = compression.orElse("identity").strip().toLowerCase(Locale.ROOT);
        if (how.equals("identity") || how.isEmpty()) {
            return body;
        }
        if (!how.equals("gzip")) {
            throw new WebApplicationException(415);
        }
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(body))) {
            byte[] inflated = gzip.readNBytes(MOST_INFLATED + 1);
            if (inflated.length > MOST_INFLATED) {
                throw new WebApplicationException(413);
            }
            return inflated;
        } catch (IOException broken) {
            throw Refusal.invalid("request.malformed", "The body is not valid gzip.");
        }
    }
}
