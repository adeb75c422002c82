// The smoke suite that is run against native executables, here against the packaged server, so that it stays true.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { startServer, stopServers } from "../browser/harness/servers.js";

const SUITE = fileURLToPath(new URL("smoke.js", import.meta.url));
const LAUNCHER = fileURLToPath(new URL("../../../covibe", import.meta.url));

let server;
let token;

before(async () => {
  server = await startServer();
  token = await server.run("token", "--email", "lin@example.com", "--workspace", "core", "--agent", "codex");
});

after(stopServers);

test("everything works once", async () => {
  const suite = spawn(process.execPath, [SUITE, server.origin], {
    env: { ...server.environment, TOKEN: token, COMMAND: LAUNCHER, DEMO: "Parcels" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [suite.stdout, suite.stderr]) stream.setEncoding("utf8").on("data", (text) => (said += text));
  const code = await new Promise((resolve) => suite.on("exit", resolve));
  assert.equal(code, 0, said);
  assert.match(said, /PASS smoke: \d{2,} checks/);
});
