/** What the work adds up to: facts by day, and the reports that are made of them. It reads, and changes nothing of others. */
@Feature(
        name = "insight",
        uses = {"platform", "tenancy", "identity", "journal", "work", "agents", "coordination", "overlap"})
package dev.covibe.insight;

import dev.covibe.platform.Feature;
