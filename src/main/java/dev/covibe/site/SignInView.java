package dev.covibe.site;

/**
 * The sign-in form of local mode.
 *
 * @param email what was typed before, empty at first
 * @param to the local path to go to afterwards, empty for the start page
 * @param error why the last attempt was refused, empty if there was none
 */
public record SignInView(String email, String to, String error) {}
