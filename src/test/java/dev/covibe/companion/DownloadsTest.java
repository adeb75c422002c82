package dev.covibe.companion;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;

/** The companion as machines fetch it: one package, described truly, the same from every build of the same files. */
@QuarkusTest
class DownloadsTest {

    private static final Path SOURCE = Path.of("companion");

    @Test
    void the_manifest_describes_the_very_bytes_that_are_served() throws Exception {
        byte[] tarball = given().get("/downloads/co-vibe.tgz")
                .then()
                .statusCode(200)
                .contentType("application/gzip")
                .extract()
                .asByteArray();
        given().get("/downloads/co-vibe.json")
                .then()
                .statusCode(200)
                .body("name", equalTo("co-vibe"))
                .body("version", equalTo(description().get("version").asText()))
                .body(
                        "sha256",
                        equalTo(HexFormat.of()
                                .formatHex(MessageDigest.getInstance("SHA-256").digest(tarball))))
                .body("size", equalTo(tarball.length))
                .body("node", equalTo(">=20"));
    }

    @Test
    void who_has_the_package_already_is_not_sent_it_again() {
        String tag = given().get("/downloads/co-vibe.tgz").header("ETag");
        given().header("If-None-Match", tag)
                .get("/downloads/co-vibe.tgz")
                .then()
                .statusCode(304);
    }

    @Test
    void the_package_holds_exactly_the_files_of_the_source() throws IOException {
        List<String> names = new ArrayList<>();
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(
                new ByteArrayInputStream(CompanionPackage.ofThisBuild().tarball())))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                assertThat(entry.getName()).startsWith("package/");
                String name = entry.getName().substring("package/".length());
                assertThat(tar.readAllBytes()).as(name).isEqualTo(Files.readAllBytes(SOURCE.resolve(name)));
                assertThat(entry.getMode() & 0777).as(name).isEqualTo(name.startsWith("bin/") ? 0755 : 0644);
                names.add(name);
            }
        }
        assertThat(names).isSorted();
        assertThat(new TreeSet<>(names)).isEqualTo(written());
    }

    @Test
    void the_package_has_the_version_of_the_server() throws IOException {
        assertThat(description().get("version").asText())
                .isEqualTo(new String(
                                getClass().getResourceAsStream("/version.txt").readAllBytes(), StandardCharsets.UTF_8)
                        .strip());
    }

    @Test
    void the_same_files_make_the_same_bytes_and_other_files_others() {
        TreeMap<String, byte[]> files = new TreeMap<>();
        files.put("package/a", new byte[70_000]);
        byte[] once = Tarball.of(files);
        assertThat(Tarball.of(new TreeMap<>(files))).isEqualTo(once);
        files.put("package/b", new byte[] {1});
        assertThat(Tarball.of(files)).isNotEqualTo(once);
    }

    private static TreeSet<String> written() throws IOException {
        try (Stream<Path> bin = Files.walk(SOURCE.resolve("bin"));
                Stream<Path> src = Files.walk(SOURCE.resolve("src"))) {
            TreeSet<String> names = Stream.concat(bin, src)
                    .filter(Files::isRegularFile)
                    .map(file -> SOURCE.relativize(file).toString())
                    .collect(Collectors.toCollection(TreeSet::new));
            names.addAll(List.of("package.json", "README.md"));
            return names;
        }
    }

    private static JsonNode description() throws IOException {
        return new ObjectMapper().readTree(Files.readAllBytes(SOURCE.resolve("package.json")));
    }
}
