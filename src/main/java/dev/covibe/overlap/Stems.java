package dev.covibe.overlap;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Brings the forms of one word together: light English stemming, and the names that software people give to one thing
 * ("bump" is "upgrade", "dir" is "directory"). Knows too which words say nothing and which say little.
 */
final class Stems {

    /** Words that carry no topic: grammar, politeness, and what the forms of bug trackers print in every report. */
    private static final Set<String> SILENT = words("""
            a an the and or but if then else of to in on at by for from with without into onto over under as is are was
            were be been being am do does did done doing has have had having it its this that these those there here we
            our us you your i my me he she they them their his her which who whom whose what when where why how not no
            nor so than too very can cannot could should would will shall may might must also just only even still
            already again more most some any all each every both few many much other another such same own eg ie etc via instead rather
            per due because since while after before during about above below between through until once up down out off
            please hi hello thanks thank dont doesnt isnt cant wont wasnt arent didnt im lets one two like get gets got
            make makes made see seem seems seen using use uses used now new want wants need needs issue issues bug bugs
            problem problems expected actual behavior behaviour result results steps step reproduce version versions
            attach attached screenshot following example http https www com org html
            """);

    /** Verbs and nouns that stand in the title of any piece of software work, so that sharing one proves little. */
    private static final Set<String> GENERIC_WORDS = words("""
            add fix update support improve implement allow change handle set create remove delete enable disable
            introduce provide refactor rename replace extend adjust ensure avoid prevent show display rework clean
            cleanup write read move run start stop load save send check test build release deploy merge review
            investigate migrate error exception fail failure crash break broken wrong missing invalid incorrect
            unexpected slow fast code file class method function field value type name string list line object data
            user page screen view button form link text message log option default setting config configuration
            parameter argument feature task work item module component package project service server client api
            endpoint request response call system application interface tool script command
            documentation comment example warning performance implementation directory path table column database query
            job process time status state number id key property minor small simple bit first last next
            """);

    private static final Map<String, String> SAME = new HashMap<>();
    private static final Set<String> GENERIC = new HashSet<>();

    static {
        same("update", "upgrade", "bump");
        same("delete", "remove", "removal", "drop", "erase");
        same("error", "exception");
        same("directory", "dir", "folder");
        same("documentation", "doc", "docs", "docu");
        same("configuration", "config", "configs", "conf", "cfg");
        same("repository", "repo", "repos");
        same("authentication", "auth", "authenticate", "authn");
        same("authorization", "authz", "authorize");
        same("database", "db");
        same("performance", "perf");
        same("environment", "env");
        same("parameter", "param", "params");
        same("argument", "arg", "args");
        same("asynchronous", "async");
        same("synchronous", "sync", "synchronize");
        same("vulnerability", "vuln", "security", "cve");
        same("dependency", "dep", "deps");
        same("application", "app", "apps");
        same("javascript", "js");
        same("typescript", "ts");
        same("kubernetes", "k8s");
        same("message", "msg");
        same("fail", "failure");
        same("create", "creation");
        same("implementation", "impl");
        same("initialize", "init", "initialise");
        same("specification", "spec", "specs");
        same("send", "deliver", "delivery");
        same("permission", "perm", "perms");
        same("administrator", "admin");
        same("temporary", "tmp", "temp");
        same("image", "img", "picture");
        same("login", "signin", "logon");
        same("logout", "signout", "logoff");
        for (String word : GENERIC_WORDS) {
            GENERIC.add(of(word));
        }
    }

    private Stems() {}

    /** Whether a lower-case word carries no topic at all. */
    static boolean silent(String word) {
        return SILENT.contains(word);
    }

    /** Stems of words that any piece of software work may share. */
    static Set<String> generic() {
        return GENERIC;
    }

    /** The stem of a lower-case word, joined with its synonyms. */
    static String of(String word) {
        String stem = strip(word);
        return SAME.getOrDefault(stem, stem);
    }

    private static void same(String word, String... others) {
        for (String other : others) {
            SAME.put(strip(other), strip(word));
        }
    }

    private static String strip(String word) {
        if (word.length() <= 3 || !Character.isLetter(word.charAt(word.length() - 1))) {
            return word;
        }
        return ending(nominal(verbal(singular(word))));
    }

    private static String singular(String word) {
        if (word.endsWith("ies") && word.length() > 4) {
            return cut(word, 3) + "y";
        }
        if (word.endsWith("sses") || word.endsWith("xes") || word.endsWith("ches") || word.endsWith("shes")) {
            return cut(word, 2);
        }
        if (word.endsWith("s") && !word.endsWith("ss") && !word.endsWith("us") && !word.endsWith("is")) {
            return cut(word, 1);
        }
        return word;
    }

    private static String verbal(String word) {
        if (word.endsWith("ing") && word.length() > 5 && hasVowel(word, 3)) {
            return single(cut(word, 3));
        }
        if (word.endsWith("ed") && word.length() > 4 && hasVowel(word, 2) && !word.endsWith("eed")) {
            return single(cut(word, 2));
        }
        return word;
    }

    private static String nominal(String word) {
        if (word.endsWith("ation") && word.length() > 6) {
            return cut(word, 3);
        }
        if ((word.endsWith("tion") || word.endsWith("sion")) && word.length() > 5) {
            return cut(word, 3);
        }
        if (word.endsWith("ure") && word.length() > 6) {
            return cut(word, 3);
        }
        if (word.endsWith("ender") || word.endsWith("iler") || word.endsWith("ssor")) {
            return cut(word, 2);
        }
        return word;
    }

    private static String ending(String word) {
        String stem = word;
        if (stem.endsWith("ly") && stem.length() > 4) {
            stem = cut(stem, 2);
        }
        if (stem.endsWith("e") && stem.length() > 3) {
            stem = cut(stem, 1);
        }
        if (stem.endsWith("y") && stem.length() > 3 && !isVowel(stem.charAt(stem.length() - 2))) {
            stem = cut(stem, 1) + "i";
        }
        return stem;
    }

    private static String cut(String word, int letters) {
        return word.substring(0, word.length() - letters);
    }

    /** "stopp" to "stop", but "fill" stays. */
    private static String single(String word) {
        int length = word.length();
        boolean doubled = length > 2 && word.charAt(length - 1) == word.charAt(length - 2);
        return doubled && "lsz".indexOf(word.charAt(length - 1)) < 0 ? cut(word, 1) : word;
    }

    private static boolean hasVowel(String word, int before) {
        return word.chars().limit(word.length() - before).anyMatch(c -> isVowel((char) c));
    }

    private static boolean isVowel(char letter) {
        return "aeiouy".indexOf(letter) >= 0;
    }

    private static Set<String> words(String block) {
        return Set.of(block.strip().split("\\s+"));
    }
}
