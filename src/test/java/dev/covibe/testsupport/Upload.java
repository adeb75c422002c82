package dev.covibe.testsupport;

import io.restassured.RestAssured;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** Bodies that are too large: REST Assured looks at each byte several times, which takes it seconds for 50 MiB. */
public final class Upload {

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Upload() {}

    /**
     * Announces the body and, as clients with a large one should, sends it only if the server wants it.
     *
     * @param headers names and values in turn
     */
    public static HttpResponse<String> announce(String path, byte[] body, String... headers) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(RestAssured.baseURI + ":" + RestAssured.port + path))
                .POST(BodyPublishers.ofByteArray(body))
                .headers(headers)
                .expectContinue(true)
                .build();
        try {
            return CLIENT.send(request, BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
