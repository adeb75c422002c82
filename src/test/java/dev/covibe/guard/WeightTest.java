package dev.covibe.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.covibe.testsupport.Fixtures;
import dev.covibe.testsupport.McpClient;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/**
 * What a first visit to a page transfers apart from fonts and pictures (QLT-6): the page itself, its stylesheet and its
 * scripts, compressed as a browser gets them.
 */
@QuarkusTest
class WeightTest {

    /** QLT-6 wants 150,000. Pages with much more on them than here take 27,000 more. */
    private static final int MOST = 75_000;

    private static final int MUCH = 40;

    private static final Pattern FILE = Pattern.compile("(?:href|src)=\"(/[^\"]+?\\.(?:css|js))(?:\\?[^\"]*)?\"");

    @Inject
    Fixtures fixtures;

    @TestHTTPResource("/")
    URI server;

    @TestHTTPResource("/api/mcp")
    String endpoint;

    private final Map<String, Integer> known = new HashMap<>();

    @Test
    void a_first_visit_of_any_page_transfers_little() throws IOException, InterruptedException {
        Fixtures.Workspace team = fixtures.workspace();
        McpClient agent = McpClient.at(endpoint, team.token());
        CostsTest.plan(agent, 0, MUCH);
        Map<String, Integer> weights = new TreeMap<>();
        try (HttpClient http = HttpClient.newHttpClient()) {
            String cookie = "covibe_session=" + fixtures.browser(team).cookie();
            for (String page : Operations.pages()) {
                HttpResponse<byte[]> answer = get(http, cookie, page);
                if (answer.statusCode() == 200 && isPage(answer)) {
                    weights.put(page, answer.body().length + files(http, cookie, text(answer)));
                }
            }
        }
        assertThat(weights).containsKeys("/workstreams", "/performance", "/settings", "/docs");
        assertThat(weights)
                .allSatisfy((page, bytes) -> assertThat(bytes).as(page).isBetween(10_000, MOST));
    }

    private int files(HttpClient http, String cookie, String page) throws IOException, InterruptedException {
        Set<String> files = new TreeSet<>();
        Matcher found = FILE.matcher(page);
        while (found.find()) {
            files.add(found.group(1));
        }
        assertThat(files).isNotEmpty();
        int bytes = 0;
        for (String file : files) {
            Integer length = known.get(file);
            if (length == null) {
                length = get(http, cookie, file).body().length;
                known.put(file, length);
            }
            bytes += length;
        }
        return bytes;
    }

    private HttpResponse<byte[]> get(HttpClient http, String cookie, String path)
            throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(server.resolve(path))
                        .header("Accept", "text/html,*/*")
                        .header("Accept-Encoding", "gzip")
                        .header("Cookie", cookie)
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    private static boolean isPage(HttpResponse<byte[]> answer) {
        return answer.headers().firstValue("content-type").orElse("").startsWith("text/html");
    }

    private static String text(HttpResponse<byte[]> answer) throws IOException {
        boolean zipped =
                answer.headers().firstValue("content-encoding").orElse("").equals("gzip");
        byte[] body =
                zipped ? new GZIPInputStream(new ByteArrayInputStream(answer.body())).readAllBytes() : answer.body();
        return new String(body, StandardCharsets.UTF_8);
    }
}
