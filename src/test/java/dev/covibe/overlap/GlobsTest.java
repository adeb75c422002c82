package dev.covibe.overlap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    src/**/*.java           | src/auth/**           | true
                    src/**/*.java           | src/auth/Login.java   | true
                    src/**/*.java           | src/auth/*.ts         | false
                    src/auth/**             | src/billing/**        | false
                    **                      | a/b/c                 | true
                    **/pom.xml              | pom.xml               | true
                    a/**/z                  | a/z                   | true
                    a/*/z                   | a/z                   | false
                    a*b                     | axc*b                 | true
                    a*b                     | c*                    | false
                    src/{auth,mail}/**      | src/mail/Send.java    | true
                    src/{auth,mail}/**      | src/bill/Send.java    | false
                    file[0-9].txt           | file[!a-z].txt        | true
                    file[a-c].txt           | file[d-f].txt         | false
                    docs/                   | docs/guide/start.md   | true
                    ./src/a                 | src/a                 | true
                    src/?.c                 | src/ab.c              | false
                    **/test/**              | src/main/**           | true
                    *.java                  | src/A.java            | false
                    """)
    void patterns_meet_exactly_when_some_path_matches_both(String one, String other, boolean meet) {
        assertThat(Globs.intersect(one, other)).isEqualTo(meet);
        assertThat(Globs.intersect(other, one)).isEqualTo(meet);
    }

    @Test
    void it_agrees_with_trying_every_path() {
        List<String> paths = paths();
        Random random = new Random(20);
        int meetings = 0;
        for (int i = 0; i < 4_000; i++) {
            String one = pattern(random);
            String other = pattern(random);
            boolean meet = paths.stream().anyMatch(path -> matches(one, path) && matches(other, path));
            assertThat(Globs.intersect(one, other)).as(one + " and " + other).isEqualTo(meet);
            meetings += meet ? 1 : 0;
        }
        assertThat(meetings).isBetween(400, 3_600);
    }

    /**
     * What is claimed or planned: a pattern whose last name is literal may be a directory, with all below it. Two of at
     * most two segments meet within four, if they meet at all.
     */
    @Test
    void ground_agrees_with_trying_every_path() {
        List<String> paths = paths();
        Random random = new Random(50);
        int meetings = 0;
        for (int i = 0; i < 1_000; i++) {
            String one = pattern(random, 2);
            String other = pattern(random, 2);
            boolean meet = paths.stream().anyMatch(path -> covers(one, path) && covers(other, path));
            assertThat(Globs.ground(one).meets(Globs.ground(other)))
                    .as(one + " and " + other)
                    .isEqualTo(meet);
            assertThat(Globs.ground(other).meets(Globs.ground(one))).isEqualTo(meet);
            meetings += meet ? 1 : 0;
        }
        assertThat(meetings).isBetween(100, 900);
    }

    private static boolean covers(String pattern, String path) {
        String last = pattern.substring(pattern.lastIndexOf('/') + 1);
        boolean literal = last.chars().allMatch(Character::isLetter);
        return matches(pattern, path) || literal && matches(pattern + "/**", path);
    }

    /** The index may only leave out what cannot meet: one begins with the literal directories of the other. */
    @Test
    void grounds_that_meet_begin_alike() {
        Random random = new Random(51);
        for (int i = 0; i < 4_000; i++) {
            String one = pattern(random);
            String other = pattern(random);
            String first = String.join("/", Globs.literalPrefix(one)) + "/";
            String second = String.join("/", Globs.literalPrefix(other)) + "/";
            boolean alike =
                    first.equals("/") || second.equals("/") || first.startsWith(second) || second.startsWith(first);
            if (Globs.ground(one).meets(Globs.ground(other))) {
                assertThat(alike).as(one + " and " + other).isTrue();
            }
        }
    }

    @Test
    void a_hostile_pattern_costs_little() {
        String stars = "*a".repeat(250);
        String deep = "**/a/".repeat(100);
        String braces = "{a,b}".repeat(30);
        assertThat(Globs.intersect(stars, stars + "b")).isIn(true, false);
        assertThat(Globs.intersect(deep, deep + "b")).isTrue();
        assertThat(Globs.intersect(braces, braces)).isTrue();
    }

    /** Every path of at most four segments out of the names that the patterns below can tell apart. */
    private static List<String> paths() {
        List<String> names = List.of("a", "b", "aa", "ab", "ba", "bb", "aab", "aba", "abb", "baa", "bab");
        List<String> paths = new ArrayList<>(names);
        List<String> longer = names;
        for (int depth = 2; depth <= 4; depth++) {
            List<String> next = new ArrayList<>();
            List<String> steps = depth < 3 ? names : List.of("a", "b", "ab", "ba");
            for (String path : longer) {
                steps.forEach(step -> next.add(path + "/" + step));
            }
            paths.addAll(next);
            longer = next;
        }
        return paths;
    }

    private static String pattern(Random random) {
        return pattern(random, 3);
    }

    private static String pattern(Random random, int most) {
        List<String> pieces = List.of("a", "b", "*", "a*", "*b", "?", "ab", "**", "**", "[ab]", "[!a]");
        int segments = 1 + random.nextInt(most);
        List<String> pattern = new ArrayList<>();
        for (int i = 0; i < segments; i++) {
            pattern.add(pieces.get(random.nextInt(pieces.size())));
        }
        return String.join("/", pattern);
    }

    /** The plainest matcher there is: by recursion over segments. */
    private static boolean matches(String pattern, String path) {
        return matches(List.of(pattern.split("/")), List.of(path.split("/")));
    }

    private static boolean matches(List<String> pattern, List<String> path) {
        if (pattern.isEmpty()) {
            return path.isEmpty();
        }
        List<String> rest = pattern.subList(1, pattern.size());
        if (pattern.getFirst().equals("**")) {
            for (int skipped = 0; skipped <= path.size(); skipped++) {
                if (matches(rest, path.subList(skipped, path.size()))) {
                    return true;
                }
            }
            return false;
        }
        String regex =
                pattern.getFirst().replace("[!", "[^").replace("*", "[^/]*").replace("?", "[^/]");
        return !path.isEmpty() && path.getFirst().matches(regex) && matches(rest, path.subList(1, path.size()));
    }
}
