package dev.covibe.ops;

import io.quarkus.arc.Unremovable;
import io.quarkus.smallrye.openapi.runtime.OpenApiConstants;
import io.quarkus.smallrye.openapi.runtime.OpenApiDocumentService;
import io.smallrye.openapi.runtime.io.Format;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * Answers the OpenAPI document as the build wrote it down, the same that {@code covibe openapi} prints. Quarkus would parse
 * and write it again at every start, which took a seventh of the time until the server was ready (QLT-1).
 */
@Singleton
@Alternative
@Priority(1)
@Unremovable // Quarkus asks for it by name
public class BuiltOpenApi extends OpenApiDocumentService {

    /** What Quarkus prepares right after this is made, it then finds to be nothing. */
    BuiltOpenApi() {
        OpenApiConstants.classLoader = new ClassLoader(null) {
            @Override
            public InputStream getResourceAsStream(String name) {
                return null;
            }
        };
    }

    /** @throws UncheckedIOException when the build cannot be read any more */
    @Override
    public byte[] getDocument(String name, Format format) {
        return OpenApi.written(format.name());
    }
}
