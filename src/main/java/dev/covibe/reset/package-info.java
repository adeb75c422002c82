/** Starting over: deletes the work of a company and keeps its people and settings. */
@Feature(
        name = "reset",
        uses = {"platform", "tenancy", "identity", "journal"})
package dev.covibe.reset;

import dev.covibe.platform.Feature;
