package dev.covibe.console.frame;

/** One option of a choice: what the form sends, what the reader sees, and whether it is chosen. */
public record Choice(String value, String word, boolean chosen) {}
