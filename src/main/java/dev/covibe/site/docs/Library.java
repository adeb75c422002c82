package dev.covibe.site.docs;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The documentation: each page is set once, and again when its file has changed. */
@Singleton
class Library {

    private static final String ENDING = ".md";

    private record Kept<T>(Instant changed, T value) {}

    private final Shelf shelf;
    private final Map<String, Kept<Article>> articles = new ConcurrentHashMap<>();
    private volatile Kept<Contents> contents = new Kept<>(Instant.MIN, new Contents(List.of()));

    @Inject
    Library(@ConfigProperty(name = "covibe.docs-dir") Optional<Path> folder) {
        this(folder.<Shelf>map(Shelf.Folder::new).orElseGet(Shelf.Packaged::new));
    }

    private Library(Shelf shelf) {
        this.shelf = shelf;
    }

    static Library of(Shelf shelf) {
        return new Library(shelf);
    }

    /** @param name its file without the ending */
    Optional<Article> article(String name) {
        return shelf.changed(name + ENDING).flatMap(changed -> {
            Kept<Article> kept = articles.get(name);
            if (kept != null && kept.changed().equals(changed)) {
                return Optional.of(kept.value());
            }
            Optional<Article> fresh = shelf.find(name + ENDING)
                    .map(sheet -> Typesetter.article(name, new String(sheet.content(), StandardCharsets.UTF_8)));
            fresh.ifPresent(article -> articles.put(name, new Kept<>(changed, article)));
            return fresh;
        });
    }

    Optional<Shelf.Sheet> picture(String name) {
        return name.endsWith(ENDING) ? Optional.empty() : shelf.find(name);
    }

    Contents contents() {
        Instant changed = shelf.changed(Contents.INDEX + ENDING)
                .orElseThrow(() -> new IllegalStateException("The documentation has no " + Contents.INDEX + ENDING));
        if (!contents.changed().equals(changed)) {
            Shelf.Sheet sheet = shelf.find(Contents.INDEX + ENDING).orElseThrow();
            contents = new Kept<>(changed, Contents.of(new String(sheet.content(), StandardCharsets.UTF_8)));
        }
        return contents.value();
    }

    /** Every page that the index names, in its order, the index itself first. */
    Stream<Article> all() {
        return Stream.concat(
                        Stream.of(Contents.INDEX), contents().entries().stream().map(Contents.Entry::name))
                .distinct()
                .map(this::article)
                .flatMap(Optional::stream);
    }
}
