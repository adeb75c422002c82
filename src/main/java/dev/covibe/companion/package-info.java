/** The edge for the companion program on developers' machines: its package, its heartbeats and what they answer. */
@Feature(
        name = "companion",
        uses = {"platform", "tenancy", "identity", "agents"})
package dev.covibe.companion;

import dev.covibe.platform.Feature;
