/** The PostgreSQL that a local server carries with it (PLT-1). Not part of hosted artifacts. */
@Feature(
        name = "embedded",
        uses = {"ops", "platform"})
package dev.covibe.embedded;

import dev.covibe.platform.Feature;
