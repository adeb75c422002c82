/** The edge for coding agents: the MCP endpoint and its tools. Composes features, decides nothing itself. */
@Feature(
        name = "mcp",
        uses = {"platform", "tenancy", "identity", "journal", "overlap", "work", "agents", "coordination"})
package dev.covibe.mcp;

import dev.covibe.platform.Feature;
