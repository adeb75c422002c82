import assert from "node:assert/strict";
import { mkdirSync, readdirSync, symlinkSync } from "node:fs";
import { afterEach, beforeEach, test } from "node:test";
import { Machine } from "./machine.js";

let machine;
let web;

beforeEach(() => {
  machine = new Machine();
  web = machine.repository("web");
});

afterEach(() => machine.remove());

const soon = () => new Date(Date.now() + 3600_000).toISOString();
const claim = (path, more = {}) => ({ id: `c-${path}`, path, developer: "mia", holder: "@mia / codex", task: "WEB-12 “Introduce passkeys”", mode: "exclusive", until: soon(), ...more });

function cached(claims = [], more = {}) {
  machine.write(".covibe/repositories.json", { repositories: { [`${web}/.git`]: { identity: "github.com/acme/web", name: "web" } } });
  machine.write(".covibe/cache.json", { workspace: "Core", developer: "lin", collisions: "warn", claims: { "github.com/acme/web": claims }, inbox: {}, ...more });
}

const spooled = () => (machine.exists(".covibe/spool/inbox.jsonl") ? machine.read(".covibe/spool/inbox.jsonl").split("\n").filter(Boolean).map((line) => JSON.parse(line)) : []);
const edit = (file, more = {}) => ({ session_id: "s-1", cwd: web, hook_event_name: "PreToolUse", tool_name: "Edit", tool_input: { file_path: file, old_string: "secret words", new_string: "others" }, ...more });
const said = ({ out }) => (out === "" ? undefined : JSON.parse(out));

test("an event is written down by names and counts alone", async () => {
  const { code, out, err } = await machine.hook("claude-code", "UserPromptSubmit", { session_id: "s-1", cwd: web, prompt: "my secret prompt", transcript_path: "/home/lin/.claude/x" });
  assert.deepEqual([code, out, err], [0, "", ""]);
  const [event] = spooled();
  assert.equal(event.session, "s-1");
  assert.equal(event.branch, "main");
  assert.equal(event.worktree, "web");
  assert.ok(!machine.read(".covibe/spool/inbox.jsonl").includes("secret"));
});

test("a colliding edit is warned about once, with who holds it and how to talk to them", async () => {
  cached([claim("src/auth/**")]);
  const first = said(await machine.hook("claude-code", "PreToolUse", edit(`${web}/src/auth/login.js`)));
  for (const part of ["src/auth/login.js", "@mia / codex", "WEB-12", "send_message", '"@mia"', "override"]) {
    assert.ok(first.hookSpecificOutput.additionalContext.includes(part), part);
  }
  assert.equal(first.hookSpecificOutput.permissionDecision, undefined);
  assert.equal(said(await machine.hook("claude-code", "PreToolUse", edit(`${web}/src/auth/login.js`))), undefined);
  assert.equal(said(await machine.hook("claude-code", "PreToolUse", edit(`${web}/src/main.js`))), undefined);
});

test("a colliding edit is blocked when the workspace says so, every time and for every agent", async () => {
  cached([claim("src/auth/")], { collisions: "block" });
  const patch = "*** Begin Patch\n*** Update File: docs/x.md\n*** Move to: src/auth/y.md\n*** End Patch";
  for (let i = 0; i < 2; i++) {
    assert.equal(said(await machine.hook("claude-code", "PreToolUse", edit("src/auth/login.js"))).hookSpecificOutput.permissionDecision, "deny");
  }
  assert.equal(said(await machine.hook("codex", "PreToolUse", { session_id: "s", cwd: web, tool_name: "apply_patch", tool_input: { command: patch } })).hookSpecificOutput.permissionDecision, "deny");
  assert.equal(said(await machine.hook("codex", "PreToolUse", { session_id: "s", cwd: web, tool_input: { command: ["apply_patch", patch] } })).hookSpecificOutput.permissionDecision, "deny");
  assert.equal(said(await machine.hook("cursor", "preToolUse", { conversation_id: "c", workspace_roots: [web], tool_name: "Write", tool_input: { path: `${web}/src/auth/a/b.js` } })).permission, "deny");
  assert.equal(said(await machine.hook("gemini-cli", "BeforeTool", { session_id: "g", cwd: web, tool_input: { file_path: "src/auth/x" } })).decision, "deny");
});

test("claims are compared as the server compares them", async () => {
  const meets = [
    ["src/**/*.java", "src/a/b/C.java", true],
    ["src/**/*.java", "src/C.java", true],
    ["src/*.java", "src/a/C.java", false],
    ["src/auth", "src/auth/x/y", true],
    ["src/auth", "src/authority", false],
    ["src/auth.js", "src/auth.js", true],
    ["src/auth.js", "src/authxjs", false],
    ["**", "a/b", true],
    ["src/{a,b}/*.[jt]s", "src/b/x.ts", true],
    ["src/{a,b}/*.[!t]s", "src/b/x.ts", false],
    ["a?c", "abc", true],
    ["**/x.js", "x.js", true],
    ["$(x)+.js", "$(x)+.js", true],
  ];
  for (const [glob, path, meeting] of meets) {
    cached([claim(glob)], { collisions: "block" });
    assert.equal(said(await machine.hook("claude-code", "PreToolUse", edit(path))) !== undefined, meeting, `${glob} and ${path}`);
  }
});

test("one's own claims, shared ones and those that are over stand in nobody's way", async () => {
  cached([claim("a", { developer: "lin" }), claim("b", { mode: "shared" }), claim("c", { until: "2020-01-01T00:00:00Z" })], { collisions: "block" });
  for (const path of ["a", "b", "c"]) {
    assert.equal(said(await machine.hook("claude-code", "PreToolUse", edit(path))), undefined, path);
  }
});

test("another worktree of the repository knows the same claims", async () => {
  cached([claim("src/auth/**")], { collisions: "block" });
  machine.git("web", "worktree", "add", "-q", "../tree", "-b", "topic");
  const tree = machine.path("tree");
  assert.ok(said(await machine.hook("claude-code", "PreToolUse", edit(`${tree}/src/auth/x.js`, { cwd: tree }))));
  await machine.hook("claude-code", "Stop", { session_id: "s", cwd: tree });
  assert.deepEqual(spooled().map(({ root, worktree, branch }) => ({ root, worktree, branch }))[1], { root: `${web}/.git`, worktree: "tree", branch: "topic" });
});

test("a session begins with the briefing and what waits, and hears of new messages between turns, each once", async () => {
  const message = (id, more) => ({ id, from: "@mia / codex", text: "Please leave the schema alone", ...more });
  cached([claim("src/auth/**")], { inbox: { "claude-code": [message("m-1", { urgent: true })] } });
  const begin = said(await machine.hook("claude-code", "SessionStart", { session_id: "s-1", cwd: web, source: "startup" }));
  assert.equal(begin.hookSpecificOutput.hookEventName, "SessionStart");
  for (const part of ["start_session", "workspace Core", "src/auth/** by @mia / codex", "URGENT @mia / codex: Please leave", "[m-1]", "cknowledge"]) {
    assert.ok(begin.hookSpecificOutput.additionalContext.includes(part), part);
  }
  assert.equal(said(await machine.hook("claude-code", "UserPromptSubmit", { session_id: "s-1", cwd: web })), undefined);
  cached([], { inbox: { "claude-code": [message("m-1"), message("m-2")] } });
  const later = said(await machine.hook("claude-code", "PostToolUse", { session_id: "s-1", cwd: web }));
  assert.ok(later.hookSpecificOutput.additionalContext.includes("m-2") && !later.hookSpecificOutput.additionalContext.includes("m-1"));
  assert.equal(said(await machine.hook("codex", "UserPromptSubmit", { session_id: "s-9", cwd: web })), undefined, "it is for another agent");
  assert.ok(said(await machine.hook("claude-code", "UserPromptSubmit", { session_id: "s-2", cwd: web })), "another session hears of it, too");
});

test("in a private repository the hook sees and says nothing", async () => {
  cached([claim("**")], { collisions: "block" });
  machine.write(".covibe/repositories.json", { repositories: { [`${web}/.git`]: { identity: "github.com/acme/web", excluded: true } } });
  for (const [event, more] of [["SessionStart", {}], ["PreToolUse", edit("x")], ["SessionEnd", {}]]) {
    assert.equal(said(await machine.hook("claude-code", event, { session_id: "s-1", cwd: web, ...more })), undefined);
  }
  assert.deepEqual(spooled(), []);
  assert.ok(machine.exists(".covibe/private/s-1"));
});

test("whatever is broken, the agent does not notice", async () => {
  const fine = { code: 0, out: "", err: "" };
  assert.deepEqual(await machine.hook("claude-code", "Stop", "no json"), fine);
  assert.deepEqual(await machine.hook("claude-code", "Stop", ""), fine);
  assert.deepEqual(await machine.hook("nobody", "Stop", {}), fine);
  assert.deepEqual(await machine.hook("claude-code", "Nonsense", {}), fine);
  assert.deepEqual(await machine.hook("claude-code", "PreToolUse", { cwd: "/nowhere/at/all", tool_input: { file_path: 7 } }), fine);
  machine.write(".covibe/cache.json", "{broken");
  machine.write(".covibe/repositories.json", "[]");
  assert.deepEqual(await machine.hook("claude-code", "PreToolUse", edit("x")), fine);
  machine.write("full", "a file where a folder should be");
  assert.deepEqual(await machine.hook("claude-code", "Stop", { session_id: "s", cwd: web }, { COVIBE_HOME: machine.path("full/x") }), fine);
  assert.deepEqual(await machine.hook("claude-code", "Stop", { session_id: "s", cwd: web }, { COVIBE_HOME: "/proc" }), fine);
});

test("a full disk costs what would be written, and not the answer", { skip: process.platform !== "linux" }, async () => {
  cached([claim("src/**")]);
  mkdirSync(machine.path(".covibe/spool"));
  symlinkSync("/dev/full", machine.path(".covibe/spool/inbox.jsonl"));
  const { code, err, out } = await machine.hook("claude-code", "PreToolUse", edit("src/x"));
  assert.deepEqual([code, err], [0, ""]);
  assert.match(out, /claimed by @mia/);
});

test("Cursor's own hook counts, and not Claude Code's that it runs beside it", async () => {
  await machine.hook("claude-code", "Stop", { session_id: "s", cwd: web, cursor_version: "3.0" });
  await machine.hook("cursor", "stop", { conversation_id: "c", generation_id: "g", workspace_roots: [web], model: "m", input_tokens: 5, output_tokens: 7 });
  assert.deepEqual(spooled().map(({ agent, usage }) => [agent, usage?.input]), [["cursor", 5]]);
});

test("without a watch the spool turns its pages", async () => {
  machine.write(".covibe/spool/inbox.jsonl", "x".repeat(4 * 1024 * 1024));
  await machine.hook("claude-code", "Stop", { session_id: "s", cwd: web });
  assert.equal(readdirSync(machine.path(".covibe/spool")).filter((name) => name.startsWith("batch-")).length, 1);
  assert.deepEqual(spooled(), []);
});

test("an agent does not wait for it", async () => {
  cached(Array.from({ length: 200 }, (_, i) => claim(`src/m${i}/**`)));
  const times = [];
  for (let i = 0; i < 12; i++) {
    const began = performance.now();
    await machine.hook("claude-code", "PreToolUse", edit("src/m199/x.js", { session_id: `s-${i}` }));
    times.push(performance.now() - began);
  }
  // The fastest: how busy this machine is with other things is not the hook's doing.
  assert.ok(Math.min(...times) < 100, times.map(Math.round).join(" "));
});
