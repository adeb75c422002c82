package dev.covibe.identity.workos;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.rest.client.ext.ResponseExceptionMapper;

/** Turns a refusal of WorkOS, {@code {code, message}}, into a {@link WorkosFailure}. */
public class WorkosAnswers implements ResponseExceptionMapper<WorkosFailure> {

    @Override
    public boolean handles(int status, MultivaluedMap<String, Object> headers) {
        return status >= 400;
    }

    @Override
    public WorkosFailure toThrowable(Response response) {
        JsonObject said = read(response);
        return new WorkosFailure(
                response.getStatus(),
                said.getString("code", said.getString("error", "")),
                said.getString("message", said.getString("error_description", "no explanation")));
    }

    private static JsonObject read(Response response) {
        try {
            return new JsonObject(response.readEntity(String.class));
        } catch (DecodeException | NullPointerException | ClassCastException notJson) {
            return new JsonObject();
        }
    }
}
