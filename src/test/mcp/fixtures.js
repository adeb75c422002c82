// The scenarios that call tools, resources and prompts of fixed names, against a server that has them: the origin is the
// argument, a token comes on standard input. ConformanceTest starts this.
import { text } from "node:stream/consumers";
import { roundRobin } from "./round-robin.js";
import { run } from "./suite.js";

const SCENARIOS = [
  "completion-complete",
  "tools-call-simple-text",
  "tools-call-image",
  "tools-call-audio",
  "tools-call-embedded-resource",
  "tools-call-mixed-content",
  "tools-call-with-logging",
  "tools-call-error",
  "tools-call-with-progress",
  "resources-read-text",
  "resources-read-binary",
  "resources-templates-read",
  "prompts-get-simple",
  "prompts-get-with-args",
  "prompts-get-embedded-resource",
  "prompts-get-with-image",
];

const proxy = await roundRobin([process.argv[2]], (await text(process.stdin)).trim());
for (const scenario of SCENARIOS) {
  const { passed, said } = await run(scenario, `${proxy.origin}/api/mcp`);
  console.log(`${passed ? "passed" : "FAILED"}: ${scenario}`);
  if (!passed) {
    console.log(said);
    process.exitCode = 1;
  }
}
proxy.close();
