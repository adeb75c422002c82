/** What pieces of work say and touch, which of them look alike, and why. It knows footprints and no task. */
@Feature(
        name = "overlap",
        uses = {"platform", "tenancy", "identity", "journal"})
package dev.covibe.overlap;

import dev.covibe.platform.Feature;
