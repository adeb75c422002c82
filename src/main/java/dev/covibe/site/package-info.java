/** What stands outside the console: sign-in, the first steps, error pages, and the files that pages are drawn with. */
@Feature(
        name = "site",
        uses = {"platform", "tenancy", "identity", "share"})
package dev.covibe.site;

import dev.covibe.platform.Feature;
