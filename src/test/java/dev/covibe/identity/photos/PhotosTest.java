package dev.covibe.identity.photos;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;

import dev.covibe.identity.Caller;
import dev.covibe.identity.members.Members;
import dev.covibe.testsupport.Fixtures;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Photos are read, made square and written anew (IDN-13). */
@QuarkusTest
class PhotosTest {

    private static final int RED = 0xffc02020;
    private static final int BLUE = 0xff2020c0;
    private static final String SECRET = "GPS 52.5200 N 13.4050 E";

    @Inject
    Fixtures fixtures;

    @Inject
    Members members;

    @ConfigProperty(name = "covibe.upload-dir")
    String directory;

    private Fixtures.Workspace team;

    @BeforeEach
    void open() {
        team = fixtures.workspace();
    }

    private RequestSpecification as(String email) {
        Fixtures.Browser browser = fixtures.browser(email);
        return given().cookie("covibe_session", browser.cookie())
                .header("X-CSRF-Token", browser.csrf())
                .redirects()
                .follow(false);
    }

    private ValidatableResponse set(byte[] file) {
        return as(team.email())
                .contentType("application/octet-stream")
                .body(file)
                .put("/api/profile/photo")
                .then();
    }

    private String photo(byte[] file) {
        return set(file)
                .statusCode(200)
                .body("photo", matchesPattern("/photos/[0-9a-f]{32}/256"))
                .extract()
                .path("photo");
    }

    private Response shown(String address) {
        return as(team.email()).get(address);
    }

    private static BufferedImage image(Response answer) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(answer.asByteArray()));
    }

    private static byte[] file(String format, int type, int width, int height) throws IOException {
        BufferedImage image = new BufferedImage(width, height, type);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, x < width / 2 ? RED : BLUE);
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        assertThat(ImageIO.write(image, format, bytes)).isTrue();
        return bytes.toByteArray();
    }

    /** A JPEG with an EXIF block that says how the camera was held, and a place after it. */
    private static byte[] held(int orientation) throws IOException {
        byte[] jpeg = file("jpeg", BufferedImage.TYPE_INT_RGB, 96, 64);
        byte[] place = SECRET.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer exif = ByteBuffer.allocate(6 + 8 + 2 + 12 + 4 + place.length);
        exif.put("Exif\0\0".getBytes(StandardCharsets.US_ASCII));
        exif.put("MM".getBytes(StandardCharsets.US_ASCII)).putShort((short) 42).putInt(8);
        exif.putShort((short) 1);
        exif.putShort((short) 0x0112)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) orientation)
                .putShort((short) 0);
        exif.putInt(0).put(place);
        ByteBuffer whole = ByteBuffer.allocate(jpeg.length + 4 + exif.capacity());
        whole.put(jpeg, 0, 2).putShort((short) 0xffe1).putShort((short) (exif.capacity() + 2));
        whole.put(exif.array()).put(jpeg, 2, jpeg.length - 2);
        return whole.array();
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream stream = PhotosTest.class.getResourceAsStream("/photos/" + name)) {
            return stream.readAllBytes();
        }
    }

    private static void isAbout(int pixel, int colour) {
        for (int shift = 0; shift <= 16; shift += 8) {
            assertThat(pixel >> shift & 0xff)
                    .as(Integer.toHexString(pixel))
                    .isBetween((colour >> shift & 0xff) - 24, (colour >> shift & 0xff) + 24);
        }
    }

    private void isRedThenBlue(byte[] file) throws IOException {
        Response answer = shown(photo(file));
        answer.then()
                .statusCode(200)
                .contentType("image/jpeg")
                .header("Cache-Control", "private, max-age=31536000, immutable")
                .header("X-Content-Type-Options", "nosniff");
        BufferedImage image = image(answer);
        assertThat(image.getWidth()).isEqualTo(256);
        assertThat(image.getHeight()).isEqualTo(256);
        isAbout(image.getRGB(20, 128), RED);
        isAbout(image.getRGB(236, 128), BLUE);
    }

    @Test
    void the_middle_square_of_png_jpeg_and_webp_is_kept() throws IOException {
        isRedThenBlue(file("png", BufferedImage.TYPE_INT_RGB, 300, 200));
        isRedThenBlue(file("png", BufferedImage.TYPE_BYTE_INDEXED, 90, 60));
        isRedThenBlue(file("jpeg", BufferedImage.TYPE_INT_RGB, 2300, 1500));
        isRedThenBlue(resource("lossy.webp"));
        isRedThenBlue(resource("lossless.webp"));
    }

    @Test
    void a_photo_stands_upright_and_says_nothing_but_its_pixels() throws IOException {
        byte[] sent = held(6);
        assertThat(new String(sent, StandardCharsets.ISO_8859_1)).contains(SECRET);
        Response answer = shown(photo(sent));
        BufferedImage image = image(answer);
        isAbout(image.getRGB(128, 20), RED);
        isAbout(image.getRGB(128, 236), BLUE);
        assertThat(new String(answer.asByteArray(), StandardCharsets.ISO_8859_1))
                .doesNotContain(SECRET, "Exif");
    }

    @Test
    void all_eight_ways_to_hold_a_camera_lead_to_the_same_picture() {
        // 1 2
        // 3 4
        int[][] held = {
            {1, 2, 3, 4},
            {2, 1, 4, 3},
            {4, 3, 2, 1},
            {3, 4, 1, 2},
            {1, 3, 2, 4},
            {2, 4, 1, 3},
            {4, 2, 3, 1},
            {3, 1, 4, 2}
        };
        for (int orientation = 1; orientation <= 8; orientation++) {
            assertThat(new Square(2, held[orientation - 1]).upright(orientation).rgb())
                    .as("orientation %d", orientation)
                    .containsExactly(1, 2, 3, 4);
        }
    }

    @Test
    void what_is_transparent_becomes_white() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(40, 40, BufferedImage.TYPE_INT_ARGB), "png", bytes);
        isAbout(image(shown(photo(bytes.toByteArray()))).getRGB(128, 128), 0xffffffff);
    }

    @Test
    void the_same_picture_has_the_same_address_and_another_has_another() throws IOException {
        String first = photo(file("png", BufferedImage.TYPE_INT_RGB, 90, 60));
        assertThat(photo(file("png", BufferedImage.TYPE_INT_RGB, 90, 60))).isEqualTo(first);
        shown(first).then().statusCode(200);
        assertThat(photo(held(6))).isNotEqualTo(first);
        shown(first).then().statusCode(404).body("code", equalTo("photo.unknown"));
        assertThat(java.nio.file.Path.of(
                                directory,
                                "photos",
                                team.admin().place().tenantId().toString())
                        .toFile()
                        .list())
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "GIF89a", "<svg xmlns='http://www.w3.org/2000/svg'/>", "\u0089PNG\r\n\u001a\nnot really"})
    void what_is_no_picture_is_refused(String text) {
        set(text.getBytes(StandardCharsets.ISO_8859_1)).statusCode(400);
    }

    @Test
    void pictures_made_to_break_the_reader_are_refused() throws IOException {
        byte[] huge = file("png", BufferedImage.TYPE_INT_RGB, 32, 32);
        ByteBuffer.wrap(huge).putInt(16, 60_000).putInt(20, 60_000);
        set(huge).statusCode(400);
        set(Arrays.copyOf(held(1), 400)).statusCode(400).body("code", equalTo("photo.unreadable"));
        set(file("png", BufferedImage.TYPE_INT_RGB, 8, 8)).statusCode(400).body("code", equalTo("photo.too-small"));
        set(new byte[Photos.LARGEST + 1]).statusCode(400).body("code", equalTo("photo.too-large"));
        set(new byte[11 * 1024 * 1024]).statusCode(413);
        Random random = new Random(7);
        for (byte[] whole : new byte[][] {held(3), resource("lossy.webp"), resource("lossless.webp")}) {
            for (int i = 0; i < 20; i++) {
                byte[] broken = whole.clone();
                for (int n = 0; n < 10; n++) {
                    broken[random.nextInt(broken.length)] = (byte) random.nextInt();
                }
                int status = set(broken).extract().statusCode();
                assertThat(status).isIn(200, 400);
            }
        }
    }

    @Test
    void another_company_sees_it_as_little_as_nobody() throws IOException {
        String photo = photo(file("png", BufferedImage.TYPE_INT_RGB, 90, 60));
        given().get(photo).then().statusCode(401);
        as(fixtures.workspace().email()).get(photo).then().statusCode(404);
        shown(photo.replace("/256", "/64")).then().statusCode(200);
        shown(photo.replace("/256", "/63")).then().statusCode(404);
    }

    @Test
    void an_agent_may_not_change_its_owners_face() throws IOException {
        given().header("Authorization", team.bearer())
                .contentType("image/png")
                .body(file("png", BufferedImage.TYPE_INT_RGB, 90, 60))
                .put("/api/profile/photo")
                .then()
                .statusCode(403)
                .body("code", equalTo("identity.people-only"));
    }

    @Test
    void it_goes_when_it_is_removed_and_when_the_person_is() throws IOException {
        Caller kim = fixtures.member(team, "kim");
        String email = "kim-" + team.email();
        byte[] face = file("png", BufferedImage.TYPE_INT_RGB, 90, 60);
        String photo = as(email)
                .contentType("image/png")
                .body(face)
                .put("/api/profile/photo")
                .path("photo");
        assertThat(photo(face)).isEqualTo(photo);
        members.remove(team.admin(), kim.developerId());
        shown(photo).then().statusCode(200);
        as(team.email()).delete("/api/profile/photo").then().statusCode(204);
        shown(photo).then().statusCode(404);
    }

    @Test
    void the_profile_page_takes_it_and_every_page_shows_it() throws IOException {
        // As a browser's form sends it, with the token among the fields.
        Fixtures.Browser browser = fixtures.browser(team);
        given().cookie("covibe_session", browser.cookie())
                .redirects()
                .follow(false)
                .multiPart("csrf", browser.csrf())
                .multiPart("photo", "me.png", file("png", BufferedImage.TYPE_INT_RGB, 90, 60), "image/png")
                .post("/settings/profile/photo")
                .then()
                .statusCode(303);
        String small = as(team.email())
                .get("/settings/profile")
                .then()
                .body(containsString("Replace"))
                .extract()
                .htmlPath()
                .getString("**.find { it.@class == 'photo-shown' }.@src")
                .replace("/256", "/64");
        as(team.email()).get("/workstreams").then().body(containsString("src=\"" + small + "\""));
        as(team.email())
                .multiPart("photo", "me.txt", "no picture".getBytes(StandardCharsets.UTF_8), "text/plain")
                .post("/settings/profile/photo")
                .then()
                .statusCode(422)
                .body(containsString("A photo is a PNG, JPEG or WebP picture."));
        as(team.email()).post("/settings/profile/photo/removal").then().statusCode(303);
        as(team.email()).get("/settings/profile").then().body(containsString("Upload"));
    }
}
