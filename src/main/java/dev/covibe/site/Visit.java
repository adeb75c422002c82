package dev.covibe.site;

/**
 * What a public page needs beyond its {@link Gate}: whether the reader is signed in, and so has a console to go back to.
 */
public record Visit(Gate gate, boolean signedIn) {}
