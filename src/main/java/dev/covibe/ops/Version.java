package dev.covibe.ops;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.IVersionProvider;

/** The version of this build, which the build writes into a resource: commands know it without booting the server. */
public final class Version implements IVersionProvider {

    public static final String TEXT = read();

    private static String read() {
        try (InputStream resource = Version.class.getClassLoader().getResourceAsStream("version.txt")) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public String[] getVersion() {
        return new String[] {"Co-Vibe " + TEXT};
    }
}
