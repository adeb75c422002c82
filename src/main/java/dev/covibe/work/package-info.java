/** Projects, tasks and workstreams: the planning core that console, REST and MCP all run through. */
@Feature(
        name = "work",
        uses = {"platform", "tenancy", "identity", "journal", "overlap"})
package dev.covibe.work;

import dev.covibe.platform.Feature;
