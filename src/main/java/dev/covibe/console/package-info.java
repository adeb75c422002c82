/** The pages that people work on: workstreams, tasks, planning, settings. Composes features; decides nothing itself. */
@Feature(
        name = "console",
        uses = {"platform", "tenancy", "identity", "journal", "work", "overlap", "agents", "coordination"})
package dev.covibe.console;

import dev.covibe.platform.Feature;
