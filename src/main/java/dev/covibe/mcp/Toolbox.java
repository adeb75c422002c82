package dev.covibe.mcp;

import dev.covibe.agents.CurrentSession;
import dev.covibe.agents.Sessions;
import dev.covibe.identity.Caller;
import dev.covibe.identity.CurrentCaller;
import dev.covibe.platform.log.Trail;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.platform.web.TraceIds;
import dev.covibe.tenancy.Idempotency;
import dev.covibe.tenancy.Transactions;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkiverse.mcp.server.TextContent;
import io.quarkiverse.mcp.server.ToolManager;
import io.quarkiverse.mcp.server.ToolResponse;
import io.quarkus.arc.All;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Puts the tools on the endpoint and runs their calls: checks arguments, finds the session, opens the transaction,
 * replays repeated calls and turns refusals into tool errors. Each of these is done here and nowhere else.
 */
@ApplicationScoped
class Toolbox {

    private static final Logger LOG = Logger.getLogger(Toolbox.class);
    private static final String MCP_SESSION = "Mcp-Session-Id";

    private static final List<String> IN_THE_ORDER_OF_WORK = List.of(
            "start_session",
            "check_overlap",
            "plan",
            "find_work",
            "take_task",
            "claim",
            "release",
            "log",
            "finish",
            "send_message",
            "inbox",
            "report_usage",
            "end_session",
            "summary");

    private final ToolManager server;
    private final List<McpTool> tools;
    private final ToolErrors errors;
    private final Sessions sessions;
    private final Transactions transactions;
    private final Idempotency idempotency;
    private final LifeSigns lifeSigns;
    private final CurrentCaller callers;
    private final CurrentVertxRequest requests;
    private final MeterRegistry meters;

    Toolbox(
            ToolManager server,
            @All List<McpTool> tools,
            ToolErrors errors,
            Sessions sessions,
            Transactions transactions,
            Idempotency idempotency,
            LifeSigns lifeSigns,
            CurrentCaller callers,
            CurrentVertxRequest requests,
            MeterRegistry meters) {
        this.server = server;
        this.tools = tools;
        this.errors = errors;
        this.sessions = sessions;
        this.transactions = transactions;
        this.idempotency = idempotency;
        this.lifeSigns = lifeSigns;
        this.callers = callers;
        this.requests = requests;
        this.meters = meters;
    }

    void open(@Observes StartupEvent event) {
        inOrder().forEach(this::register);
    }

    /**
     * The answer to {@code tools/list}. Given by us and not by the library, which adds what nobody needs to every tool:
     * a fifth of what agents would pay (MCP-3).
     */
    JsonArray listed() {
        return new JsonArray(inOrder().map(tool -> tool.shape().listed()).toList());
    }

    private Stream<McpTool> inOrder() {
        return tools.stream()
                .sorted(Comparator.comparing(
                        tool -> IN_THE_ORDER_OF_WORK.indexOf(tool.shape().name())));
    }

    private void register(McpTool tool) {
        ToolShape shape = tool.shape();
        server.newTool(shape.name())
                .setDescription(shape.description())
                .setInputSchema(shape.inputSchema())
                .setOutputSchema(shape.outputSchema())
                .setAnnotations(shape.annotations())
                .setHandler(call -> answer(tool, shape, call.args()), true)
                .register();
    }

    private ToolResponse answer(McpTool tool, ToolShape shape, Map<String, Object> given) {
        Timer.Sample began = Timer.start(meters);
        String outcome = "failed";
        try {
            Outcome found = outcome(tool, shape, given);
            outcome = found.word();
            return found.response();
        } finally {
            began.stop(meters.timer("covibe.mcp.calls", "tool", shape.name(), "outcome", outcome));
        }
    }

    /** @param word {@code ok}, {@code refused} or {@code failed}, for the metrics */
    private record Outcome(String word, ToolResponse response) {}

    private Outcome outcome(McpTool tool, ToolShape shape, Map<String, Object> given) {
        RoutingContext request = requests.getCurrent();
        try {
            Caller caller = callers.get();
            Trail.begin(request);
            Trail.caller(caller.place().tenantId(), caller.workspaceId(), caller.developerId());
            Arguments arguments = Arguments.of(shape, given);
            Answer answer = perform(tool, shape, arguments, caller, mcpSession(request));
            return new Outcome(
                    "ok", new ToolResponse(false, List.of(new TextContent(answer.text())), answer.structured(), null));
        } catch (Refusal refusal) {
            return new Outcome("refused", ToolResponse.error(errors.text(shape, given, refusal)));
        } catch (RuntimeException failure) {
            String traceId = TraceIds.of(request);
            LOG.errorf(failure, "Tool %s failed, trace %s", shape.name(), traceId);
            return new Outcome(
                    "failed",
                    ToolResponse.error("server.unexpected: Something went wrong on our side; trace " + traceId
                            + ".\nnext: call " + shape.name()
                            + " again, with the same idempotency_key where it has one"));
        }
    }

    private Answer perform(
            McpTool tool, ToolShape shape, Arguments arguments, Caller caller, Optional<String> mcpSession) {
        SessionInHand session = new SessionInHand(() -> tool.opensSession()
                ? Optional.empty()
                : onTheTrail(sessions.current(caller, arguments.id(ToolShape.SESSION), mcpSession)));
        try {
            return shape.writes()
                    ? idempotency.once(
                            caller.place(),
                            caller.developerId(),
                            arguments.text(ToolShape.IDEMPOTENCY_KEY),
                            shape.name(),
                            arguments.request(),
                            Answer.class,
                            () -> {
                                Caller acting = session.get()
                                        .map(current -> current.of(caller))
                                        .orElse(caller);
                                return tool.call(new ToolCall(acting, arguments, session, mcpSession));
                            })
                    : transactions.in(caller.place(), () -> {
                        if (lifeSigns.isDue(caller, mcpSession)) {
                            session.get();
                        }
                        return tool.call(new ToolCall(caller, arguments, session, mcpSession));
                    });
        } finally {
            // A refused call is a sign of life too, and its transaction is gone.
            session.found().ifPresent(current -> sessions.seen(caller, current));
            if (session.wasAskedFor()) {
                lifeSigns.noted(caller, mcpSession);
            }
        }
    }

    private static Optional<CurrentSession> onTheTrail(Optional<CurrentSession> session) {
        session.ifPresent(current -> Trail.session(current.id()));
        return session;
    }

    private static Optional<String> mcpSession(RoutingContext request) {
        return Optional.ofNullable(request.request().getHeader(MCP_SESSION));
    }
}
