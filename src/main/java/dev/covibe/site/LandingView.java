package dev.covibe.site;

/**
 * The landing page.
 *
 * @param connect the commands that connect a machine to this server, under the address it was reached at
 */
public record LandingView(String connect) {

    static LandingView of(String origin) {
        return new LandingView("npm install --save-dev " + origin + "/downloads/co-vibe.tgz\n"
                + "npm exec -- covibe-local setup --base-url " + origin);
    }
}
