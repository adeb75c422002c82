package dev.covibe.console.coordination;

import dev.covibe.console.frame.When;
import dev.covibe.console.frame.Who;
import java.util.List;

/**
 * A message as pages show it.
 *
 * @param subject empty if it has none
 * @param text as safe HTML
 * @param line the beginning of the text, for lists
 * @param waitsFor who has not acknowledged it, where the page asks
 * @param mine whether it waits in the reader's own inbox
 * @param done who has acknowledged it
 */
public record MessageItem(
        String id,
        Who from,
        List<String> to,
        String subject,
        String text,
        String line,
        boolean urgent,
        When sent,
        List<String> waitsFor,
        boolean mine,
        List<String> done) {}
