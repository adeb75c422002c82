/** The append-only log of work events and its live stream. Everyone writes here; it knows nobody. */
@Feature(
        name = "journal",
        uses = {"platform", "tenancy", "identity"})
package dev.covibe.journal;

import dev.covibe.platform.Feature;
