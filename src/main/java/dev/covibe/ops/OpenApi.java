package dev.covibe.ops;

import jakarta.enterprise.inject.Vetoed;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints the description of the REST interface that the build wrote down (PLT-13). */
@Vetoed // made by the command line, never by the container
@Command(name = "openapi", description = "Print the OpenAPI document of the REST interface.")
final class OpenApi implements Callable<Integer> {

    @Option(names = "--format", description = "json or yaml (default: ${DEFAULT-VALUE}).", defaultValue = "yaml")
    Format format;

    enum Format {
        json,
        yaml
    }

    @Override
    public Integer call() throws IOException {
        String resource =
                "META-INF/quarkus-generated-openapi-doc." + format.name().toUpperCase();
        try (InputStream document = OpenApi.class.getClassLoader().getResourceAsStream(resource)) {
            if (document == null) {
                throw Failure.of("This build carries no OpenAPI document.");
            }
            System.out.write(document.readAllBytes());
            System.out.flush();
            return ExitCodes.FINE;
        }
    }
}
