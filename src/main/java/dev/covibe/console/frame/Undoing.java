package dev.covibe.console.frame;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.covibe.platform.crypto.Secrets;
import dev.covibe.platform.web.Cookies;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;

/**
 * Carries an {@link Undo} from the form that was accepted over the redirect to the page that offers it, in a cookie. The
 * cookie is tagged for the signed-in browser, so that nobody can slip a form of their own into somebody's page.
 */
@ApplicationScoped
@RegisterForReflection(targets = {Undo.class, Undo.Field.class})
class Undoing {

    static final String COOKIE = "covibe_undo";

    private static final String PURPOSE = "undo";
    private static final Duration LIFE = Duration.ofSeconds(30);

    /** Browsers keep cookies of up to 4 KB. What is longer is done without an offer to undo it. */
    private static final int LONGEST = 3500;

    private final Secrets secrets;
    private final Cookies cookies;
    private final ObjectMapper json;

    Undoing(Secrets secrets, Cookies cookies, ObjectMapper json) {
        this.secrets = secrets;
        this.cookies = cookies;
        this.json = json;
    }

    void keep(RoutingContext context, Undo undo) {
        String text = encode(undo);
        String value = text + "." + secrets.tag(PURPOSE, bound(context, text));
        if (value.length() <= LONGEST) {
            cookies.write(context, COOKIE, value, LIFE);
        }
    }

    /** What can be undone on the page that is made now. It is offered once. */
    Optional<Undo> take(RoutingContext context) {
        Optional<String> kept = cookies.read(context, COOKIE);
        if (kept.isEmpty()) {
            return Optional.empty();
        }
        cookies.clear(context, COOKIE);
        String[] parts = kept.get().split("\\.", 2);
        return parts.length == 2 && secrets.isTag(PURPOSE, bound(context, parts[0]), parts[1])
                ? Optional.of(decode(parts[0]))
                : Optional.empty();
    }

    private String bound(RoutingContext context, String text) {
        return cookies.read(context, Cookies.SESSION).orElse("") + "." + text;
    }

    private String encode(Undo undo) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(json.writeValueAsString(undo).getBytes(StandardCharsets.UTF_8));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private Undo decode(String text) {
        try {
            return json.readValue(new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8), Undo.class);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("A tagged cookie was written by this server.", impossible);
        }
    }
}
