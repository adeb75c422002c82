/** What a piece of work says and touches, and which other work looks like it. Knows no task. */
@Feature(
        name = "overlap",
        uses = {"platform", "tenancy", "identity", "journal"})
package dev.covibe.overlap;

import dev.covibe.platform.Feature;
