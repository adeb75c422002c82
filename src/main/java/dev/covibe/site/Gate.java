package dev.covibe.site;

/**
 * What every page without the console's frame needs: signing in, onboarding, errors.
 *
 * @param title the page's name, first in the browser's tab
 * @param theme "light", "dark", or empty to follow the system
 * @param localMode whether people sign in without a password (IDN-1), which the page then says
 * @param csrf the token that the page's forms send back
 * @param host the address this server was reached under, for people who run several
 * @param version the product's version
 */
public record Gate(String title, String theme, boolean localMode, String csrf, String host, String version) {}
