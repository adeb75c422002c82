/** The pages that people work on, a package each; {@code frame} holds what they share. Composes features; decides nothing itself. */
@Feature(
        name = "console",
        uses = {
            "platform",
            "tenancy",
            "identity",
            "journal",
            "reset",
            "work",
            "overlap",
            "agents",
            "coordination",
            "insight",
            "share",
            "reset"
        })
package dev.covibe.console;

import dev.covibe.platform.Feature;
