package dev.covibe.site;

/**
 * A stop on the way to another site, or to signing in. A form may only lead to this server (its pages' content security
 * policy says so), so a page in between goes on by itself.
 *
 * @param heading what happens
 * @param address where it goes on
 */
public record LeavingView(String heading, String address) {}
