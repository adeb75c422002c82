/** Agents at work: their sessions, and later what they used and what it cost. */
@Feature(
        name = "agents",
        uses = {"platform", "tenancy", "identity", "journal", "work"})
package dev.covibe.agents;

import dev.covibe.platform.Feature;
