/** The operator's side: the command line, migrations, checks before and while serving, health, the start-up banner. */
@Feature(
        name = "ops",
        uses = {"platform", "tenancy", "identity", "overlap", "agents", "insight"})
package dev.covibe.ops;

import dev.covibe.platform.Feature;
