package dev.covibe.ops;

import jakarta.enterprise.inject.Vetoed;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
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
        System.out.write(written(format.name()));
        System.out.flush();
        return ExitCodes.FINE;
    }

    /**
     * The document of this build.
     *
     * @param format {@code json} or {@code yaml}, in any case
     */
    static byte[] written(String format) {
        String resource = "META-INF/quarkus-generated-openapi-doc." + format.toUpperCase(Locale.ROOT);
        try (InputStream document = OpenApi.class.getClassLoader().getResourceAsStream(resource)) {
            if (document == null) {
                throw Failure.of("This build carries no OpenAPI document.");
            }
            return document.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
