/** Frozen public snapshots of a view, behind links that end. */
@Feature(
        name = "share",
        uses = {"platform", "tenancy", "identity", "work", "agents", "coordination", "insight"})
package dev.covibe.share;

import dev.covibe.platform.Feature;
