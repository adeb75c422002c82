package dev.covibe.guard;

import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;

/** An operation as it is asked for: its address filled in, and the body that is expected with it. */
final class AccessRequest {

    private AccessRequest() {}

    static Response send(RequestSpecification request, String operation, Access access, String item) {
        String[] parts = operation.split(" ");
        String body =
                switch (access) {
                    case Access.Everybody _ -> "";
                    case Access.Members members -> members.body();
                    case Access.ItsWorkspace its -> its.body();
                };
        String path = parts[1].replaceAll("\\{id}/members/\\{developer}|\\{(key|id|developer|handle)}", item)
                .replaceAll("\\{\\w+}", "x");
        RequestSpecification prepared = request.redirects().follow(false);
        if (!body.isEmpty()) {
            prepared.contentType(mediaType(parts[1])).body(body);
        }
        return prepared.request(parts[0], path);
    }

    private static String mediaType(String path) {
        if (path.endsWith("/import")) {
            return "text/csv";
        }
        return path.startsWith("/api/") ? "application/json" : "application/x-www-form-urlencoded";
    }
}
