package dev.covibe.identity.oidc;

import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.smallrye.jwt.build.Jwt;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;

/**
 * A server in WorkOS mode whose AuthKit is a key set of our own. Quarkus loads test classes more than once, so the key is
 * remembered in system properties.
 */
public final class WorkosMode implements QuarkusTestProfile {

    static final String ORIGIN = "http://localhost:8081";
    static final String RESOURCE = ORIGIN + "/api/mcp";

    private static final String KEY = "dev.covibe.test.authkit-key";
    private static final String ADDRESS = "dev.covibe.test.authkit";

    @Override
    public Map<String, String> getConfigOverrides() {
        if (System.getProperty(ADDRESS) == null) {
            start();
        }
        return Map.of(
                "covibe.auth",
                "workos",
                "covibe.hosted-url",
                ORIGIN,
                "workos.client-id",
                "client_test",
                "workos.api-key",
                "sk_test",
                "workos.api-url",
                authkit(),
                "workos.authkit-domain",
                authkit());
    }

    static String authkit() {
        return System.getProperty(ADDRESS);
    }

    private static void start() {
        try {
            KeyPair keys = generate();
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            byte[] keySet = keySet((RSAPublicKey) keys.getPublic()).getBytes(StandardCharsets.UTF_8);
            server.createContext("/oauth2/jwks", exchange -> {
                exchange.getResponseHeaders().add("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, keySet.length);
                exchange.getResponseBody().write(keySet);
                exchange.close();
            });
            server.start();
            System.setProperty(
                    KEY, Base64.getEncoder().encodeToString(keys.getPrivate().getEncoded()));
            System.setProperty(
                    ADDRESS, "http://127.0.0.1:" + server.getAddress().getPort());
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    private static String keySet(RSAPublicKey key) {
        return "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"key-1\",\"use\":\"sig\",\"alg\":\"RS256\",\"n\":\""
                + base64url(key.getModulus().toByteArray()) + "\",\"e\":\""
                + base64url(key.getPublicExponent().toByteArray()) + "\"}]}";
    }

    private static String base64url(byte[] number) {
        int from = number[0] == 0 ? 1 : 0;
        byte[] plain = java.util.Arrays.copyOfRange(number, from, number.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain);
    }

    static KeyPair generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    static PrivateKey key() {
        try {
            byte[] encoded = Base64.getDecoder().decode(System.getProperty(KEY));
            return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** An access token as AuthKit makes it. */
    static String token(
            String issuer, String audience, String person, String organization, Instant until, PrivateKey key) {
        return Jwt.issuer(issuer)
                .audience(audience)
                .subject(person)
                .claim("org_id", organization)
                .claim("client_id", "client_of_an_agent")
                .issuedAt(until.minusSeconds(300))
                .expiresAt(until)
                .jws()
                .keyId("key-1")
                .sign(key);
    }
}
