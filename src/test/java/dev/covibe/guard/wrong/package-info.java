/** A feature that breaks the law, so that {@code ModulesTest} can show that the law bites. */
@Feature(name = "wrong")
package dev.covibe.guard.wrong;

import dev.covibe.platform.Feature;
