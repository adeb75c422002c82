/** Tenants, workspaces, and the transaction that is tied to one of them. */
@Feature(
        name = "tenancy",
        uses = {"platform"})
package dev.covibe.tenancy;

import dev.covibe.platform.Feature;
