#!/usr/bin/env node
// Agents call hooks often and wait for them: those skip everything else.
if (process.argv[2] === "hook") {
  await import("../src/hook.js");
} else {
  const { main } = await import("../src/main.js");
  process.exitCode = await main(process.argv.slice(2));
}
