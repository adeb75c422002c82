// How long an agent waits for a hook: npm run bench
import { spawnSync } from "node:child_process";
import { Machine } from "./machine.js";
import { FakeServer } from "./fake-server.js";

const RUNS = 200;
const machine = new Machine();
const server = await new FakeServer().start();
machine.write(".claude/settings.json", "{}");
await machine.run("setup", "--base-url", server.origin, "--no-service", "--agents", "claude-code");
await server.stop();
const web = machine.repository("web");
const until = new Date(Date.now() + 3600_000).toISOString();
const claims = Array.from({ length: 200 }, (_, i) => ({ id: `c-${i}`, path: `src/m${i}/**/*.java`, developer: "mia", holder: "@mia", mode: "exclusive", until }));
machine.write(".covibe/repositories.json", { repositories: { [`${web}/.git`]: { identity: "github.com/acme/web", name: "web" } } });
machine.write(".covibe/cache.json", { workspace: "Core", developer: "lin", claims: { "github.com/acme/web": claims }, inbox: {} });
const input = JSON.stringify({ session_id: "s", cwd: web, tool_input: { file_path: `${web}/src/m199/a/B.java` } });

function measure(name, program, words) {
  const times = Array.from({ length: RUNS }, () => {
    const began = performance.now();
    spawnSync(program, words, { input, env: machine.environment });
    return performance.now() - began;
  }).sort((a, b) => a - b);
  const at = (share) => times[Math.floor(share * (RUNS - 1))].toFixed(0);
  console.log(`${name}: median ${at(0.5)} ms, 95 % within ${at(0.95)} ms, fastest ${at(0)} ms`);
}

measure("hook before an edit, 200 claims", machine.path(".covibe/bin/covibe-hook"), ["claude-code", "PreToolUse"]);
measure("node alone, doing nothing", process.execPath, ["-e", "0"]);
machine.remove();
