// The official conformance suite, and the Node that it wants, whatever runs these tests.
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

const require = createRequire(import.meta.url);
const BROUGHT = join(dirname(require.resolve("node/package.json")), "bin", "node");
const NODE = existsSync(BROUGHT) ? BROUGHT : process.execPath;
const SUITE = join(dirname(require.resolve("@modelcontextprotocol/conformance/package.json")), "dist", "index.js");

/** Runs one scenario; answers whether it passed, and what the suite said. */
export async function run(scenario, url) {
  const { stdout, stderr } = await promisify(execFile)(NODE, [SUITE, "server", "--url", url, "--scenario", scenario], {
    timeout: 60_000,
  }).catch((failure) => failure);
  return { passed: /Passed: ([1-9]\d*)\/\1, 0 failed/.test(stdout), said: stdout + stderr };
}
