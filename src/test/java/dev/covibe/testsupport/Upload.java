package dev.covibe.testsupport;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
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

    /** Announces 50 MiB and, as clients with a large body should, sends them only if the server wants them: it must not. */
    public static void assertTooLarge(String path, String bearer, String type) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(RestAssured.baseURI + ":" + RestAssured.port + path))
                .POST(BodyPublishers.ofByteArray(new byte[50 * 1024 * 1024]))
                .headers("Authorization", bearer, "Content-Type", type)
                .expectContinue(true)
                .build();
        HttpResponse<String> answer = send(request);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(413);
        JsonPath problem = JsonPath.from(answer.body());
        assertThat(problem.getString("code")).isEqualTo("request.too-large");
        assertThat(problem.getString("detail")).contains(" ");
    }

    private static HttpResponse<String> send(HttpRequest request) {
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
