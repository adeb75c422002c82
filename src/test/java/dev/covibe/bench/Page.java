package dev.covibe.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Puts figures between the marks of a page, and leaves its words to people. */
final class Page {

    private static final String BEGIN = "<!-- figures: begin -->";
    private static final String END = "<!-- figures: end -->";

    private Page() {}

    static void write(Path page, String table, String machine) throws IOException {
        String text = Files.readString(page);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IOException(page + " has no marks for figures.");
        }
        Files.writeString(
                page,
                text.substring(0, begin + BEGIN.length()) + "\nMeasured on: " + machine + ".\n\n" + table.strip() + "\n"
                        + text.substring(end));
    }
}
