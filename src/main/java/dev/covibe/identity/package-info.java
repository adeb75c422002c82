/** Who somebody is: developers, memberships, sign-in, browser sessions, MCP tokens and onboarding. */
@Feature(
        name = "identity",
        uses = {"platform", "tenancy"})
package dev.covibe.identity;

import dev.covibe.platform.Feature;
