// CMP-11: whatever repositories, events and reports hold, no secret, content, prompt or absolute path leaves.
import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { afterEach, beforeEach, test } from "node:test";
import * as letters from "../src/letters.js";
import { carry } from "../src/post.js";
import { FakeServer } from "./fake-server.js";
import { Machine } from "./machine.js";

const SECRET = "hunter2SECRETtoken";
let machine;
let server;

beforeEach(async () => {
  machine = new Machine();
  server = await new FakeServer().start();
  machine.write(".covibe/credentials.json", { origin: server.origin, tokens: { "claude-code": "cvb_c", codex: "cvb_x", cursor: "cvb_r", "gemini-cli": "cvb_g" } });
  ["cvb_c", "cvb_x", "cvb_r", "cvb_g"].forEach((token) => server.tokens.add(token));
});

afterEach(async () => {
  await server.stop();
  machine.remove();
});

/** Everything but the addresses of the requests' own tokens. */
const sent = () => server.requests.map(({ path, text }) => `${decodeURIComponent(path)}\n${text}`).join("\n");

function mustNotContain(text, ...words) {
  for (const word of words) {
    assert.ok(!text.includes(word), `${word} left the machine: …${text.slice(Math.max(0, text.indexOf(word) - 80), text.indexOf(word) + 80)}…`);
  }
}

/** A value for every field that an agent is known to send to its hooks, each with content in it. */
const saidByAgent = (cwd) => ({
  session_id: "s-1",
  conversation_id: "s-1",
  generation_id: "g-1",
  cwd,
  workspace_roots: [cwd],
  transcript_path: `/home/lin/${SECRET}.jsonl`,
  hook_event_name: "PostToolUse",
  prompt: `please use ${SECRET}`,
  user_prompt: SECRET,
  message: SECRET,
  last_assistant_message: SECRET,
  tool_name: "Bash",
  tool_use_id: SECRET,
  tool_input: { command: `curl -H ${SECRET}`, file_path: `${cwd}/${SECRET}.env`, content: SECRET, old_string: SECRET },
  tool_output: SECRET,
  tool_response: { stdout: SECRET, filePath: `${cwd}/x` },
  attachments: [{ file_path: `${cwd}/${SECRET}` }],
  user_email: `${SECRET}@example.com`,
  model: `prose with ${SECRET} in it`,
  duration: 12,
  input_tokens: 5,
  output_tokens: 6,
  reason: SECRET,
  source: SECRET,
  agent_type: SECRET,
  error: SECRET,
});

test("hooks' events and repositories full of secrets leave none of it behind on the server", async () => {
  const web = machine.repository("web", { remote: `https://lin:${SECRET}@github.com/Acme/Web.git?token=${SECRET}` });
  writeFileSync(`${web}/${SECRET}.env`, SECRET);
  machine.git("web", "commit", "-q", "--allow-empty", "--author", `Lin <lin@${SECRET}.example>`, "-m", `Fix /home/lin/${SECRET}/x and C:\\Users\\${SECRET}\n\nBody ${SECRET}`);
  machine.git("web", "worktree", "add", "-q", machine.path("tree"), "-b", "topic");
  machine.git("web", "stash", "list");
  for (const [agent, events] of [
    ["claude-code", ["SessionStart", "UserPromptSubmit", "PreToolUse", "PostToolUse", "Stop", "SessionEnd"]],
    ["codex", ["SessionStart", "UserPromptSubmit", "PreToolUse", "PostToolUse", "Stop"]],
    ["cursor", ["sessionStart", "beforeSubmitPrompt", "preToolUse", "postToolUse", "afterFileEdit", "stop", "sessionEnd"]],
    ["gemini-cli", ["SessionStart", "BeforeAgent", "BeforeTool", "AfterTool", "AfterAgent", "SessionEnd"]],
  ]) {
    for (const event of events) {
      await machine.hook(agent, event, saidByAgent(web));
    }
  }
  mustNotContain(machine.read(".covibe/spool/inbox.jsonl").replaceAll(`prose with ${SECRET} in it`, ""), SECRET);
  const { code, err } = await machine.run("watch", "--once");
  assert.equal(code, 0, err);
  assert.ok(server.ingested.size > 4 && server.to("/api/snapshots").length >= 2, "there was something to leak");
  mustNotContain(sent(), SECRET, machine.home, web, "/home/", "C:\\\\", "lin@", "Body", ".env");
  assert.match(sent(), /Fix … and …/);
});

test("an event is made of known fields alone, whatever stands in the spool", () => {
  const event = { ...saidByAgent("/home/lin/web"), at: Date.now(), id: "1", agent: "cursor", what: "step", session: "s-1", root: "/home/lin/web/.git", worktree: `/home/${SECRET}/tree`, branch: `/abs/${SECRET}`, tool: `rm -rf ${SECRET} /`, version: `${SECRET} x`, parent: `a b ${SECRET}`, usage: { input: 1, output: SECRET }, turn: "g" };
  const text = letters.eventBatch([event], () => "github.com/acme/web").body;
  mustNotContain(text, SECRET, "/home");
  assert.deepEqual(JSON.parse(text).items.map(({ kind }) => kind), ["session_seen", "usage"]);
});

test("recorded reports of the real programs leave with numbers and without content", () => {
  const folder = new URL("../../src/test/resources/telemetry/", import.meta.url);
  let seen = 0;
  for (const [name, signal] of [
    ["claude-code-2.1.197-logs.json", "logs"],
    ["claude-code-2.1.197-metrics.json", "metrics"],
    ["claude-code-2.1.197-traces.json", "traces"],
    ["gemini-cli-0.61.0-logs.json", "logs"],
    ["gemini-cli-0.61.0-metrics.json", "metrics"],
    ["gemini-cli-0.61.0-traces.json", "traces"],
  ]) {
    const file = new URL(name, folder);
    if (!existsSync(file)) continue;
    const recorded = JSON.parse(readFileSync(file, "utf8"));
    for (const report of [recorded].flat()) {
      // Everything that is text and not known is made a secret first: attributes, bodies, names of events.
      const poisoned = JSON.parse(JSON.stringify(report), (key, value) => (key === "body" || key === "events" || key === "links" ? { stringValue: SECRET } : value));
      const letter = letters.telemetry(signal, poisonAttributes(poisoned));
      if (letter) {
        seen++;
        mustNotContain(letter.body, SECRET);
      }
    }
  }
  assert.ok(seen >= 4, `${seen} reports were looked at`);
});

/** Adds content wherever a report may hold attributes. */
function poisonAttributes(node) {
  if (Array.isArray(node)) return node.map(poisonAttributes);
  if (typeof node !== "object" || node === null) return node;
  const copy = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, poisonAttributes(value)]));
  if (Array.isArray(copy.attributes)) {
    const add = (key, value) => copy.attributes.push({ key, value: { stringValue: value } });
    add("prompt", SECRET);
    add("tool_input", SECRET);
    add("user.email", `${SECRET}@x.example`);
    add("model", `a sentence with ${SECRET}`);
    add("error.type", `/home/lin/${SECRET}`);
    copy.attributes.push({ key: "tool_name", value: { kvlistValue: { values: [{ key: SECRET, value: { stringValue: SECRET } }] } } });
  }
  return copy;
}

test("a heartbeat names folders without what is above them, and private ones not at all", () => {
  const { body } = letters.heartbeat({ machine: "/home/lin", version: "1.0.0", service: true, repositories: [{ name: `/home/${SECRET}/web`, state: "synced" }, { name: SECRET, state: "excluded" }] });
  mustNotContain(body, SECRET, "/home");
  assert.deepEqual(JSON.parse(body).repositories, [{ name: "web", state: "synced" }, { state: "excluded" }]);
});

test("what makes a repository private names it to nobody who does not know it", () => {
  for (const letter of [letters.privateMark("laptop", "github.com/lin/diary"), letters.purge("laptop", "github.com/lin/diary")]) {
    mustNotContain(`${letter.path} ${letter.body}`, "diary", "github");
  }
});

test("the post takes nothing that was not made in the one place", async () => {
  for (const forged of [{ method: "POST", path: "/api/ingest", body: SECRET }, Object.create(letters.healthQuestion()), null, "x"]) {
    await assert.rejects(carry(forged, { origin: server.origin }), /Only letters/);
  }
  assert.equal(server.requests.length, 0);
});

test("nothing in the companion speaks to the network but the post", async () => {
  const { files } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  const speakers = files.filter((name) => name.endsWith(".js") && /\bfetch\(|node:https|node:net"|node:dgram|node:tls|WebSocket|http\.request/.test(readFileSync(new URL(`../${name}`, import.meta.url), "utf8").replace(/import \{ isIPv4, isIPv6 \} from "node:net";/, "")));
  assert.deepEqual(speakers, ["src/post.js"]);
});
