package dev.covibe.console.frame;

import io.quarkus.qute.TemplateData;

/** One option of a choice: what the form sends, what the reader sees, and whether it is chosen. */
@TemplateData
public record Choice(String value, String word, boolean chosen) {}
