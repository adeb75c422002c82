package dev.covibe.platform.web;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;

/**
 * What every REST operation has in common, said once: who may call and how it says no (PLT-13). Pages are for people and
 * are not in the document.
 */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public class ApiDescription implements OASFilter {

    private static final String API = "/api/";
    private static final String PUBLIC = "/api/health";

    private static final Map<String, String> REFUSALS = Map.of(
            "400", "The request is wrong: malformed, a wrong type, an unknown field or value",
            "401", "No valid token and no signed-in browser",
            "403", "Not allowed, or a browser's write without its X-CSRF-Token");

    @Override
    public void filterOpenAPI(OpenAPI document) {
        document.getComponents()
                .addSecurityScheme(
                        "token",
                        OASFactory.createSecurityScheme()
                                .type(SecurityScheme.Type.HTTP)
                                .scheme("bearer")
                                .description("An MCP token, cvb_…"))
                .addSecurityScheme(
                        "browser",
                        OASFactory.createSecurityScheme()
                                .type(SecurityScheme.Type.APIKEY)
                                .in(SecurityScheme.In.COOKIE)
                                .name(Cookies.SESSION)
                                .description("A signed-in browser; writes also send X-CSRF-Token"));
        Map<String, PathItem> paths = Map.copyOf(document.getPaths().getPathItems());
        paths.forEach((path, item) -> {
            if (!path.startsWith(API)) {
                document.getPaths().removePathItem(path);
            } else if (!path.equals(PUBLIC)) {
                item.getOperations().values().forEach(ApiDescription::guard);
            }
        });
    }

    private static void guard(Operation operation) {
        operation.setSecurity(List.of(
                OASFactory.createSecurityRequirement().addScheme("token"),
                OASFactory.createSecurityRequirement().addScheme("browser")));
        REFUSALS.forEach(
                (status, description) -> operation.getResponses().addAPIResponse(status, refusal(description)));
        operation.getResponses().getAPIResponses().forEach((status, answer) -> {
            if (status.startsWith("4") && answer.getContent() == null) {
                answer.setContent(refusal("").getContent());
            }
        });
    }

    private static APIResponse refusal(String description) {
        return OASFactory.createAPIResponse()
                .description(description)
                .content(OASFactory.createContent()
                        .addMediaType(
                                "application/problem+json",
                                OASFactory.createMediaType()
                                        .schema(OASFactory.createSchema().ref("#/components/schemas/Problem"))));
    }
}
