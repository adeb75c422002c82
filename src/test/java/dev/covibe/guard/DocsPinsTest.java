package dev.covibe.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documentation says of the code is true: its addresses, error codes, settings and links. */
class DocsPinsTest {

    private static final Pattern ADDRESS = Pattern.compile("`?(GET|POST|PUT|PATCH|DELETE) (/api/[^\\s`?]+)");
    private static final Pattern CODE = Pattern.compile(
            "`((?:request|identity|message|blocker|decision|task|workstream|project|overlap|idempotency|cursor|import|token|price|session|agent|alert|claim|audit|snapshot|repository)\\.[a-z-]+)`");
    private static final Pattern SETTING = Pattern.compile("`(COVIBE_[A-Z_]+)");
    private static final String LIMIT = "COVIBE_LIMITS_";
    private static final Pattern LINK = Pattern.compile("]\\((?!https?:)([^)#]+)");

    @Test
    void every_address_in_the_docs_is_one_that_the_server_answers_at() {
        Set<String> known = Operations.all().stream()
                .map(operation -> operation.replaceAll("\\{\\w+}", "{}"))
                .collect(Collectors.toSet());
        known.add("POST /api/mcp");
        assertThat(found(ADDRESS, match -> match.group(1) + " " + match.group(2).replaceAll("\\{\\w+}", "{}")))
                .isNotEmpty()
                .isSubsetOf(known);
    }

    @Test
    void every_error_code_in_the_docs_is_one_that_the_code_gives() {
        String source = text(Path.of("src/main/java"), ".java");
        assertThat(found(CODE, match -> match.group(1)))
                .isNotEmpty()
                .allMatch(code -> source.contains("\"" + code + "\""));
    }

    @Test
    void every_setting_in_the_docs_is_one_that_something_reads() {
        String readers = text(Path.of("src"), ".java")
                + text(Path.of("src/main/resources"), ".properties")
                + read(Path.of("covibe"))
                + text(Path.of("companion/src"), ".js");
        // As the environment spells the properties that are read by their name.
        String names = readers.toUpperCase().replace('.', '_').replace('-', '_');
        assertThat(found(SETTING, match -> match.group(1)))
                .isNotEmpty()
                .allMatch(setting -> readers.contains(setting)
                        || names.contains(setting)
                        || readers.contains(property(setting.substring("COVIBE_".length())))
                        || readers.contains("\"covibe.limits\"")
                                && setting.startsWith(LIMIT)
                                && readers.contains(property(setting.substring(LIMIT.length()))));
    }

    /** {@code HOSTED_URL} is read as {@code hosted-url} of a mapping, whose method is {@code hostedUrl}. */
    private static String property(String setting) {
        String[] words = setting.toLowerCase().split("_");
        StringBuilder method = new StringBuilder(words[0]);
        for (int i = 1; i < words.length; i++) {
            method.append(Character.toUpperCase(words[i].charAt(0))).append(words[i].substring(1));
        }
        return " " + method + "();";
    }

    @Test
    void every_link_in_the_docs_leads_somewhere() {
        List<String> dead = pages().flatMap(page -> LINK.matcher(read(page))
                        .results()
                        .map(match -> match.group(1).strip())
                        .filter(link -> !Files.exists(page.resolveSibling(link)))
                        .map(link -> page + " -> " + link))
                .toList();
        assertThat(dead).isEmpty();
    }

    /**
     * The sidebar of /docs is made of the index, so a page that it does not name is one that nobody finds. Pictures of every
     * page are for readers of the repository alone, and named by its README.
     */
    @Test
    void every_page_of_the_docs_is_named_by_the_index() {
        Path docs = Path.of("docs");
        String index = read(docs.resolve("README.md"));
        assertThat(files(docs, ".md").stream()
                        .map(page -> docs.relativize(page).toString())
                        .filter(page -> !page.equals("README.md") && !page.startsWith("pictures/")))
                .allMatch(page -> index.contains("- [") && index.contains("](" + page + ")"));
        assertThat(read(Path.of("README.md"))).contains("](docs/pictures/README.md)");
    }

    private interface Reading {
        String of(MatchResult match);
    }

    private static Set<String> found(Pattern pattern, Reading reading) {
        Set<String> found = new TreeSet<>();
        pages().forEach(page -> {
            Matcher matcher = pattern.matcher(read(page));
            matcher.results().map(reading::of).forEach(found::add);
        });
        return found;
    }

    private static Stream<Path> pages() {
        return Stream.concat(
                Stream.of(Path.of("README.md"), Path.of("CONTRIBUTING.md")), files(Path.of("docs"), ".md").stream());
    }

    private static String text(Path root, String suffix) {
        return files(root, suffix).stream().map(DocsPinsTest::read).collect(Collectors.joining("\n"));
    }

    private static List<Path> files(Path root, String suffix) {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(suffix)).toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
