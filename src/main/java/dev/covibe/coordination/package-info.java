/** Work that runs at the same time: claims, messages, blockers, decisions, audits, and where everybody stands in git. */
@Feature(
        name = "coordination",
        uses = {"platform", "tenancy", "identity", "journal", "work", "agents", "overlap"})
package dev.covibe.coordination;

import dev.covibe.platform.Feature;
