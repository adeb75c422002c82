import assert from "node:assert/strict";
import { once } from "node:events";
import { chmodSync } from "node:fs";
import { afterEach, beforeEach, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { FakeServer } from "./fake-server.js";
import { Machine } from "./machine.js";

let machine;
let server;
let child;

beforeEach(async () => {
  machine = new Machine();
  server = await new FakeServer().start();
  machine.environment.COVIBE_ROUND_MS = "50";
  machine.environment.COVIBE_TELEMETRY_PORT = "0";
  machine.write(".claude/settings.json", "{}");
  machine.write(".codex/config.toml", "");
});

afterEach(async () => {
  child?.kill("SIGKILL");
  child = undefined;
  await server.stop();
  machine.remove();
});

const setup = () => machine.run("setup", "--base-url", server.origin, "--no-service");

async function watch() {
  child = machine.start("watch");
  for (let i = 0; i < 100 && !machine.exists(".covibe/watch.json"); i++) await pause(50);
}

async function examined(...words) {
  const { code, out, err } = await machine.run("doctor", "--json", ...words);
  assert.equal(err, "");
  const { findings, ok } = JSON.parse(out);
  assert.equal(code, ok ? 0 : 1);
  return { code, of: (check) => findings.find((finding) => finding.check.startsWith(check)), wrong: findings.filter(({ state }) => state === "wrong"), findings };
}

test("after setup, with a watch, everything is well, and Codex' hooks want an approval", async () => {
  await setup();
  await watch();
  const { code, of, findings } = await examined();
  assert.equal(code, 0, JSON.stringify(findings));
  assert.match(of("Codex").next, /\/hooks/);
  assert.equal(of("Clock").state, "ok");
  assert.equal(of("Token of claude-code").state, "ok");
});

test("where the service cannot be started, a watch that was started by hand is enough", { skip: process.platform !== "linux" }, async () => {
  machine.write("bin/systemctl", "#!/bin/sh\necho 'Failed to connect to bus' >&2\nexit 1\n");
  chmodSync(machine.path("bin/systemctl"), 0o755);
  machine.environment.PATH = `${machine.path("bin")}:${machine.environment.PATH}`;
  const { code, out, err } = await machine.run("setup", "--base-url", server.origin);
  assert.equal(code, 0, err);
  assert.match(out, /could not be started \(Failed to connect to bus\)[^]*covibe-local watch/);
  assert.match((await examined()).wrong.find(({ check }) => check === "Service").message, /not running/);
  await watch();
  const { code: verdict, of, findings } = await examined();
  assert.equal(verdict, 0, JSON.stringify(findings));
  assert.match(of("Service").message, /by hand/);
});

test("before setup it says to set up", async () => {
  const { code, wrong } = await examined();
  assert.equal(code, 1);
  assert.ok(wrong.every(({ next }) => next));
  assert.match(wrong[0].next, /setup --base-url/);
});

test("each trouble is named, with what to do", async () => {
  await setup();
  machine.write(".claude/settings.json", "{}");
  machine.write(".codex/hooks.json", "{broken");
  server.tokens.delete("cvb_codex_secret");
  let { of } = await examined();
  assert.match(of("Claude Code").message, /hooks in .*settings\.json was changed or is missing/);
  assert.equal(of("Claude Code").state, "wrong");
  assert.match(of("Codex").message, /hooks not in/);
  assert.equal(of("Token of codex").state, "wrong");
  assert.match(of("Token of codex").next, /setup/);
  assert.match(of("Watch").next, /service install/);
  ({ of } = await examined("--base-url", "http://127.0.0.1:9"));
  assert.match(of("Server").message, /cannot be reached/);
  assert.match(of("Origin").message, /is connected to/);
  ({ of } = await examined("--base-url", "https://x.example/path"));
  assert.equal(of("Server").state, "wrong");
});

test("a server that is away, a clock that is off and a newer companion are named", async () => {
  await setup();
  server.trouble = () => ({ status: 200, headers: { Date: new Date(Date.now() - 3600_000).toUTCString() }, body: JSON.stringify({ status: "ok", version: "9.9.9" }) });
  let { of } = await examined();
  assert.match(of("Clock").message, /3\d\d\d s ahead of/);
  assert.match(of("Companion").message, /gives out 9\.9\.9/);
  await watch();
  server.trouble = () => ({ status: 500, body: "oops" });
  await pause(600);
  ({ of } = await examined());
  assert.equal(of("Server").state, "wrong");
  assert.match(of("Watch, server").message, /500/);
});

test("what waits and what was lost is said", async () => {
  await setup();
  machine.write(".covibe/watch.json", { dropped: 17, refused: 2, problems: {} });
  machine.write(".covibe/spool/batch-1-1-a.jsonl", "x".repeat(65 * 1024 * 1024));
  const { of } = await examined();
  assert.match(of("Spool").message, /66560\.0 KiB in 1 files wait.*17 bytes were dropped.*2 items were refused/);
  assert.equal(of("Spool").state, "wrong");
});

test("a stopped watch ends with exit 0", async () => {
  await setup();
  await watch();
  child.kill("SIGTERM");
  assert.equal((await once(child, "exit"))[0], 0);
});
