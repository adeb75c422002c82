package dev.covibe.site;

import dev.covibe.platform.web.ErrorPage;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;

/** Error pages that belong to the product (SIT-4). */
@ApplicationScoped
class ErrorPages implements ErrorPage {

    private final Gates gates;

    ErrorPages(Gates gates) {
        this.gates = gates;
    }

    @CheckedTemplate(basePath = "errors")
    static class Templates {
        private Templates() {}

        static native TemplateInstance error(Gate gate, ErrorView view);
    }

    @Override
    public String html(int status, String detail, String traceId, RoutingContext context) {
        ErrorView view = view(status, detail, traceId, context);
        return Templates.error(gates.gate(view.heading(), context), view).render();
    }

    private static ErrorView view(int status, String detail, String traceId, RoutingContext context) {
        boolean reads = context.request().method().name().equals("GET");
        String again = reads ? context.request().uri() : "";
        return switch (status) {
            case 401 ->
                new ErrorView(
                        status,
                        "Sign in first",
                        "This page is for people of the team.",
                        "/auth/sign-in",
                        "Sign in",
                        "",
                        "");
            case 403 -> home(status, "Not allowed", detail, "", "");
            case 404 ->
                home(
                        status,
                        "Nothing is here",
                        "The page does not exist, or it belongs to a workspace that you are not in.",
                        "",
                        "");
            case 429 -> home(status, "Too much at once", detail, again, "");
            case 503 ->
                home(
                        status,
                        "Back in a moment",
                        "The server is starting or being updated. Nothing is lost.",
                        again,
                        traceId);
            default ->
                status >= 500
                        ? home(
                                status,
                                "Something broke on our side",
                                "What you sent was not half saved.",
                                again,
                                traceId)
                        : home(status, "That did not work", detail, again, "");
        };
    }

    private static ErrorView home(int status, String heading, String message, String again, String traceId) {
        return new ErrorView(status, heading, message, "/workstreams", "Go to workstreams", again, traceId);
    }
}
